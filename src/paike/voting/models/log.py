"""The ballot log: what is in it, in which order. docs/spec/ballot-log.md is its format."""

import pgtrigger
from django.db import models

from paike.campaigns.models import Campaign
from paike.kernel import ids
from paike.vault.fields import SealedTextField


class BallotLog(models.Model):
    """The log of one call and its head. Made when the shortlist is sealed.

    `size` and `frontier` (the hashes of the full subtrees, largest first, 32 bytes each) are the
    head; `votes` are the votes of all ballots in the log by work's number, whatever became of them
    later. `secret` (64 hexadecimal digits) gives voters' references, tags, salts and token keys;
    it is emptied on a scheduled day, and `private_key` with it never is: the log goes on.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=200, unique=True)
    public_key = models.BinaryField(max_length=32)
    private_key = SealedTextField()  # Ed25519 seed, 64 hexadecimal digits
    secret = SealedTextField()
    # Made of the secret and left when that is destroyed, so that receipt codes still lead to proofs.
    receipt_key = SealedTextField()  # 64 hexadecimal digits
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)  # set under a lock that no ballot passes
    secret_destroyed_at = models.DateTimeField(null=True)
    # Since a head was published, files without one are not made again as if there had been none.
    published_at = models.DateTimeField(null=True)
    # What was published may be more than the database knows: no ballot is taken and no entry placed
    # until a person has compared the two.
    halted_at = models.DateTimeField(null=True)

    # Counts the `candidates` entries. A batch of ballots says which works it was held to, so that
    # none names a work behind the entry that took it out.
    candidates_version = models.PositiveIntegerField(default=0)

    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")
    votes = models.JSONField(default=dict)


@pgtrigger.register(
    pgtrigger.Protect(name="statements_stay", operation=pgtrigger.Update | pgtrigger.Delete)
)
class Statement(models.Model):
    """What stands in the log besides ballots: rules, opening, closing, quarantine, release, void,
    counts, results. `body` is the leaf, canonical JSON, byte for byte."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    body = models.BinaryField()
    at = models.DateTimeField()


@pgtrigger.register(
    pgtrigger.Protect(name="log_entries_stay", operation=pgtrigger.Update | pgtrigger.Delete)
)
class LogEntry(models.Model):
    """The place of a ballot or a statement in its log: dense from 0, for ever."""

    id = models.BigAutoField(primary_key=True)
    # As with Pending: what is named here is locked by the same transaction and never deleted.
    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    index = models.BigIntegerField()
    ballot = models.OneToOneField(
        "voting.Ballot",
        null=True,
        on_delete=models.PROTECT,
        related_name="log_entry",
        db_constraint=False,
    )
    statement = models.OneToOneField(
        Statement,
        null=True,
        on_delete=models.PROTECT,
        related_name="log_entry",
        db_constraint=False,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "index"], name="log_is_dense"),
            models.CheckConstraint(
                name="log_entry_is_one_thing",
                condition=models.Q(ballot__isnull=True) ^ models.Q(statement__isnull=True),
            ),
        ]


class Snapshot(models.Model):
    """The votes at a round moment, for figures that are shown every ten minutes."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    size = models.BigIntegerField()
    votes = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "at"], name="one_snapshot_a_moment")
        ]
