"""What was found in a film, and the copies made of it."""

from django.db import models

from paike.kernel import ids
from paike.media.rules.report import Outcome as Outcome  # the worst verdict of a report
from paike.uploads.models import SealedObject


class Inspection(models.Model):
    """One inspection of one sealed object under one set of limits. Our row holds the state; the
    job carries only its id."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    film = models.ForeignKey(SealedObject, on_delete=models.PROTECT, related_name="inspections")
    limits = models.JSONField()  # the rulebook's film rules at the time
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(
        max_length=8, choices=[(one.value, one.value) for one in Outcome], blank=True
    )
    report = models.JSONField(null=True, blank=True)  # media.rules.report.Report as JSON
    fault = models.TextField(blank=True)  # why it ended without a report; can be run again

    class Meta:
        indexes = [models.Index(fields=["film", "-requested_at"], name="inspections_by_film")]


class RenditionKind(models.TextChoices):
    """Square pixels, faststart, no metadata."""

    FILM_576 = "film-576"
    FILM_360 = "film-360"
    POSTER = "poster"


class Rendition(models.Model):
    """A copy that may be shown. Missing file: not made yet, or it failed (`fault`)."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    film = models.ForeignKey(SealedObject, on_delete=models.PROTECT, related_name="renditions")
    kind = models.CharField(max_length=12, choices=RenditionKind.choices)
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    finished_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["film", "kind"], name="one_rendition_of_a_kind")
        ]
