"""What was found in a film, the copies made of it, and its captions."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from paike.kernel import ids
from paike.media.rules.report import Outcome as Outcome  # the worst verdict of a report
from paike.media.rules.resemblance.kinds import Kind as Kind
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


class Examination(models.Model):
    """The full inspection that follows a gate which did not refuse. Its report holds the gate's
    verdicts and its own; nothing in it refuses a film, so nobody waits for it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    inspection = models.OneToOneField(
        Inspection, on_delete=models.PROTECT, related_name="examination"
    )
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    report = models.JSONField(null=True, blank=True)  # media.rules.report.Report as JSON
    fault = models.TextField(blank=True)  # why it ended without a report; can be run again

    @property
    def film(self) -> SealedObject:
        """The film that is looked at."""
        return self.inspection.film


class Conversion(models.Model):
    """A film whose form was refused, made anew in the form the call asks for. Its author compares and
    decides; approved, it becomes a sealed object of its own (`copy`) and the original stays."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    inspection = models.OneToOneField(
        Inspection, on_delete=models.PROTECT, related_name="conversion"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    report = models.JSONField(null=True, blank=True)  # the gate's about what was made
    facts = models.JSONField(default=dict)  # how it was made: passes, rate, letterboxed ...
    key = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    before_key = models.CharField(max_length=200, blank=True)  # the source as any browser plays it
    fault = models.TextField(blank=True)  # why nothing was made; can be run again
    refused_at = models.DateTimeField(null=True, blank=True)  # its author wants something else
    approved_at = models.DateTimeField(null=True, blank=True)
    copy = models.OneToOneField(
        SealedObject, null=True, blank=True, on_delete=models.PROTECT, related_name="conversion"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(copy__isnull=False),
                name="approved_is_a_copy",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(refused_at__isnull=True),
                name="approved_or_refused_not_both",
            ),
        ]

    @property
    def film(self) -> SealedObject:
        """The film that is converted."""
        return self.inspection.film


class RenditionKind(models.TextChoices):
    """Square pixels, faststart, no metadata."""

    FILM_576 = "film-576"
    FILM_360 = "film-360"
    POSTER = "poster"  # the one that is shown; its author may take one of the others in its place
    POSTER_2 = "poster-2"
    POSTER_3 = "poster-3"
    POSTER_4 = "poster-4"
    POSTER_5 = "poster-5"
    STORYBOARD = "storyboard"  # forty small pictures in one, ten in a row


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


class Captions(models.Model):
    """Words shown with a film: WebVTT that Paike wrote itself (`media.rules.captions`). New ones end
    those before; the row stays."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    film = models.ForeignKey(SealedObject, on_delete=models.PROTECT, related_name="captions")
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    cues = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["film"], condition=Q(ended_at__isnull=True), name="one_live_captions"
            )
        ]


class FilmSignature(models.Model):
    """The hashes of a film's pictures and sound (`docs/spec/film-signature.md`). `number` rises, so
    that an index in memory knows what is new; `seeds`, `sound_seeds`: all that the index needs."""

    number = models.BigAutoField(primary_key=True)
    film = models.OneToOneField(SealedObject, on_delete=models.CASCADE, related_name="signature")
    version = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    seeds = models.BinaryField()
    sound_seeds = models.BinaryField()
    made_at = models.DateTimeField()
    compared_at = models.DateTimeField(null=True, blank=True)  # with all that were there


class Likeness(models.Model):
    """Two films that show the same. One row a pair, `film` the one whose signature came later.
    `stretches`: media.rules.resemblance.alignment.Shared as JSON; of the sound where only that is the
    same (`kind` "sound")."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    film = models.ForeignKey(SealedObject, on_delete=models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(SealedObject, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Kind])
    stretches = models.JSONField()
    share = models.PositiveSmallIntegerField()  # of the film, percent
    other_share = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["film", "other"], name="one_likeness_a_pair")
        ]


class Transcript(models.Model):
    """Captions that an editor is at work on: rows as they were typed, right or wrong. Published, they
    are Captions, and this row goes."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    film = models.OneToOneField(SealedObject, on_delete=models.PROTECT, related_name="transcript")
    rows = models.JSONField(default=list)  # media.rules.captions.Row as JSON
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
