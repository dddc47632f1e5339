"""A work on its way: what the entrant wrote, the versions submitted, what was declared."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from paike.campaigns.models import Campaign
from paike.kernel import ids
from paike.media.models import Inspection
from paike.orgs.models import Organisation
from paike.uploads.models import SealedObject
from paike.vault.fields import SealedTextField


class Route(models.TextChoices):
    """How a work reaches the organiser."""

    RECOMMENDED = "recommended"  # through the units above the entrant's own
    INDIVIDUAL = "individual"  # straight to the undertaker's desk


class CreditKind(models.TextChoices):
    AUTHORS = "authors"
    CREW = "crew"


PERSONAL = ("subject_name", "subject_unit", "real_name", "phone", "email", "reporting_unit")


@pghistory.track(exclude=[*PERSONAL, "revision", "revisions", "updated_at"])
class Entry(models.Model):
    """The working copy of a work's form, saved while it is typed. What counts is the latest
    Version. Personal data stands in sealed fields only."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="entries")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="entries"
    )
    number = models.PositiveIntegerField(null=True, blank=True)  # given at the first submission
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)  # rises with every saved change
    revisions = models.JSONField(default=dict)  # field -> the revision that wrote it last

    route = models.CharField(max_length=12, choices=Route.choices, blank=True)
    unit = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )  # recommended: the unit whose clerk looks first
    workplace = models.CharField(max_length=60, blank=True)  # individual: stands in the title
    theme = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=60, blank=True)
    synopsis = models.TextField(max_length=600, blank=True)
    credit_kind = models.CharField(max_length=8, choices=CreditKind.choices, blank=True)
    credit = models.CharField(max_length=200, blank=True)  # as in the film's opening titles

    subject_name = SealedTextField()  # the colleague the film is about
    subject_unit = SealedTextField()
    real_name = SealedTextField()
    phone = SealedTextField()
    email = SealedTextField()
    reporting_unit = SealedTextField()

    film = models.ForeignKey(
        SealedObject, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # the latest film uploaded for the form

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="entries_are_numbered")
        ]


class Version(models.Model):
    """What was submitted, as it was submitted. Fixing and resubmitting makes the next one.
    `snapshot` holds the public fields of the form, no personal data."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    film = models.ForeignKey(SealedObject, on_delete=models.PROTECT, related_name="+")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="+")
    composed_title = models.CharField(max_length=200)
    snapshot = models.JSONField()
    submitted_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)  # the gate let it pass to review
    refused_at = models.DateTimeField(null=True, blank=True)  # the gate refused it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="versions_are_numbered"),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True) | Q(refused_at__isnull=True),
                name="cleared_or_refused_not_both",
            ),
        ]


class Reopening(models.Model):
    """A unit gave a version back to its entrant, who may change the form and submit again."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="reopening")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()


class Declaration(models.Model):
    """A declaration signed with a version: which text, in which version, its hash, when."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="declarations")
    kind = models.CharField(max_length=40)  # originality, rights, portrait, licence
    text_version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="declared_once_per_version")
        ]


class Withdrawal(models.Model):
    """The entrant took the work back."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)


class Disqualification(models.Model):
    """The organiser took the work out, with a reason that its entrant reads."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="disqualification")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()


class Merger(models.Model):
    """The same work came by two units: this one left the call, and its unit is credited with the one
    that stays. No fault of anybody's."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="merger")
    into = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="merged_in")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(entry=models.F("into")), name="merged_with_another")
        ]
