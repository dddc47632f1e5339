"""Ballots. Uniqueness is the database's: one ballot per account, period and ordinal."""

import pgtrigger
from django.conf import settings
from django.db import models

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.kernel import ids


@pgtrigger.register(
    pgtrigger.Protect(name="ballots_stay", operation=pgtrigger.Update | pgtrigger.Delete)
)
class Ballot(models.Model):
    """One ballot as it was cast. `period` is the rulebook's period it counts for (“2021-07-02”,
    “once”); `ordinal` counts up where a period allows several; `key` makes a retry harmless."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=32)
    ordinal = models.PositiveSmallIntegerField(default=1)
    key = models.UUIDField()
    receipt = models.CharField(max_length=16, unique=True, default=ids.new_code)
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "voter", "period", "ordinal"], name="one_ballot_per_period"
            ),
            models.UniqueConstraint(fields=["voter", "key"], name="a_retry_is_the_same_ballot"),
        ]


@pgtrigger.register(
    pgtrigger.Protect(name="picks_stay", operation=pgtrigger.Update | pgtrigger.Delete)
)
class Pick(models.Model):
    """A work named on a ballot, and how often (1 unless the rulebook allows repeats)."""

    id = models.BigAutoField(primary_key=True)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="picks")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    times = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "entry"], name="a_work_once_per_ballot")
        ]
