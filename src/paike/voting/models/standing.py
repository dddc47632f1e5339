"""How ballots stand after they were cast: what was found, set aside, ruled on, and counted.

No ballot is ever changed: that it does not count follows from rows that say who, when and why.
"""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.kernel import ids
from paike.orgs.models import Organisation
from paike.voting.models.ballots import Ballot
from paike.voting.models.log import Statement


class DetectionRun(models.Model):
    """One look at all ballots of a call. `slot` is the hour it is for, or the close."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    slot = models.DateTimeField()
    is_final = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    ballots = models.BigIntegerField(default=0)
    picture = models.JSONField(default=dict)  # what the forensics page draws; no personal data

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "slot", "is_final"], name="one_detection_run_a_slot"
            )
        ]


class Finding(models.Model):
    """What one detector said in one run, about one work (by number; null: the whole call).
    `figures` are numbers without personal data."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(DetectionRun, on_delete=models.CASCADE, related_name="findings")
    detector = models.CharField(max_length=24)
    family = models.CharField(max_length=12)
    work = models.PositiveIntegerField(null=True)
    ballots = models.PositiveIntegerField()
    explained = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict)


@pgtrigger.register(
    pgtrigger.Protect(name="quarantines_stay", operation=pgtrigger.Update | pgtrigger.Delete)
)
class Quarantine(models.Model):
    """Ballots set aside together because of one work. `evidence` is canonical JSON, without
    personal data, and its SHA-256 stands in the log. `votes`: what all works lose by it, by number."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(DetectionRun, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    work = models.PositiveIntegerField()
    detectors = ArrayField(models.CharField(max_length=24))
    ballots = models.PositiveIntegerField()
    votes = models.JSONField()
    evidence = models.TextField()
    evidence_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()


class QuarantinedBallot(models.Model):
    """A ballot that was set aside. Once in its life: what two people released, no detector takes
    again."""

    id = models.BigAutoField(primary_key=True)
    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, related_name="quarantined")
    quarantine = models.ForeignKey(Quarantine, on_delete=models.PROTECT, related_name="set_aside")


@pgtrigger.register(
    pgtrigger.Protect(name="inquiries_stay", operation=pgtrigger.Update | pgtrigger.Delete)
)
class Inquiry(models.Model):
    """The entrant was asked about a quarantine, by the letter of `at`, and has until `answer_until`."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    quarantine = models.OneToOneField(Quarantine, on_delete=models.PROTECT, related_name="inquiry")
    at = models.DateTimeField()
    answer_until = models.DateTimeField()


@pgtrigger.register(
    pgtrigger.Protect(name="explanations_stay", operation=pgtrigger.Update | pgtrigger.Delete)
)
class Explanation(models.Model):
    """What the entrant answered when asked."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    quarantine = models.OneToOneField(
        Quarantine, on_delete=models.PROTECT, related_name="explanation"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(max_length=2000)


class Act(models.TextChoices):
    """What becomes of quarantined ballots."""

    RELEASE = "release"
    VOID = "void"


@pgtrigger.register(
    pgtrigger.Protect(name="rulings_stay", operation=pgtrigger.Delete),
    pgtrigger.Protect(
        name="rulings_are_final",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__confirmed_at__isnull=False)
        | pgtrigger.Q(old__refused_at__isnull=False),
    ),
)
class Ruling(models.Model):
    """One person proposes what becomes of a quarantine, another one confirms or refuses.
    `sanctioned`: the step of the rulebook's ladder falls on the work as well."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    quarantine = models.ForeignKey(Quarantine, on_delete=models.PROTECT, related_name="rulings")
    act = models.CharField(max_length=8, choices=Act.choices)
    sanctioned = models.BooleanField(default=False)
    reason = models.TextField(max_length=1000)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="two_people_rule",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="confirmed_by_somebody",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="confirmed_or_refused_not_both",
                condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True),
            ),
            models.CheckConstraint(
                name="only_a_void_sanctions", condition=Q(act=Act.VOID) | Q(sanctioned=False)
            ),
            models.UniqueConstraint(
                fields=["quarantine"],
                condition=Q(refused_at__isnull=True),
                name="one_ruling_a_quarantine",
            ),
        ]


@pgtrigger.register(
    pgtrigger.Protect(name="sanctions_stay", operation=pgtrigger.Update | pgtrigger.Delete)
)
class Sanction(models.Model):
    """A step of the rulebook's ladder that fell on a work. `until`: the end of a pause."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    ruling = models.OneToOneField(Ruling, on_delete=models.PROTECT, related_name="sanction")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    work = models.PositiveIntegerField()
    offence = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=16)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "work", "offence"], name="one_sanction_an_offence"
            )
        ]


@pgtrigger.register(
    pgtrigger.Protect(
        name="mobilisation_windows_stay", operation=pgtrigger.Update | pgtrigger.Delete
    )
)
class MobilisationWindow(models.Model):
    """A unit said beforehand that its people will vote together, for one of its works. Never after
    the fact: the window begins when it is declared, or later."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    start = models.DateTimeField()
    end = models.DateTimeField()
    reason = models.CharField(max_length=200)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="never_declared_after_the_fact", condition=Q(start__gte=F("declared_at"))
            ),
            models.CheckConstraint(
                name="mobilisation_ends_after_its_start", condition=Q(end__gt=F("start"))
            ),
        ]


@pgtrigger.register(
    pgtrigger.Protect(name="official_counts_stay", operation=pgtrigger.Update | pgtrigger.Delete)
)
class OfficialCount(models.Model):
    """The count as it was published, at the close and after every later ruling. `body` is what the
    log's `count` entry says."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    body = models.JSONField()
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="counts_are_numbered")
        ]
