"""Ballots as they were cast. Uniqueness is the database's, not the program's."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from paike.campaigns.models import Campaign

STAYS = ("campaign_id", "voter", "period", "ordinal", "key", "works", "entry", "cast_at")


@pgtrigger.register(
    pgtrigger.Protect(name="ballots_stay", operation=pgtrigger.Delete),
    pgtrigger.Protect(
        name="ballots_stand",
        operation=pgtrigger.UpdateOf(*STAYS),  # type: ignore[no-untyped-call]  # it has no types
    ),
)
class Ballot(models.Model):
    """One ballot. Who cast it is known by `voter` alone, a keyed reference (16 bytes) that no row
    leads back from; once the call's ballot secret is destroyed, nobody can compute it again.

    `period` is the rulebook's period it counts for (“2021-07-02”, “once”); `ordinal` counts up
    where a period allows several; `key` makes a retry harmless and a token good for one ballot.
    `works` holds the works' numbers, one for each vote, ascending. `entry` is the leaf of the
    ballot log that was promised to the voter, byte for byte.

    The traces are what detection looks at. They say nothing about a person by themselves and are
    emptied after 180 days: `network` is a keyed fingerprint of the address's network (8 bytes),
    `seen_for` the seconds from the first sight of the vote page to the ballot, `watched` how many
    works were played, `referral` a fingerprint of the link that led here, `provider` who vouched.
    """

    id = models.BigAutoField(primary_key=True)
    # No foreign key in the database: every batch locks the row of its call's log, which has one.
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    voter = models.BinaryField(max_length=16)
    period = models.CharField(max_length=32)
    ordinal = models.PositiveSmallIntegerField(default=1)
    key = models.UUIDField()
    works = ArrayField(models.PositiveIntegerField())
    entry = models.BinaryField()
    cast_at = models.DateTimeField()

    network = models.BinaryField(max_length=8, null=True)
    seen_for = models.PositiveIntegerField(null=True)
    watched = models.PositiveSmallIntegerField(null=True)
    referral = models.BinaryField(max_length=8, null=True)
    provider = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "voter", "period", "ordinal"], name="one_ballot_per_period"
            ),
            models.UniqueConstraint(
                fields=["campaign", "voter", "key"], name="a_retry_is_the_same_ballot"
            ),
        ]


class Pending(models.Model):
    """A ballot or a statement that is durable and waits for its place in the log. Written in the
    transaction that accepts it, removed in the one that gives it an index."""

    id = models.BigAutoField(primary_key=True)
    # No foreign keys in the database: what is named here is written by the same statement or in
    # the same transaction and is never deleted, and each check would cost as much as the row.
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    ballot = models.ForeignKey(
        Ballot,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    statement = models.ForeignKey(
        "voting.Statement",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        indexes = [models.Index(fields=["campaign", "id"], name="what_waits_longest")]
        constraints = [
            models.CheckConstraint(
                name="pending_is_one_thing",
                condition=models.Q(ballot__isnull=True) ^ models.Q(statement__isnull=True),
            )
        ]
