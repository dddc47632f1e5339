"""The jury room: a panel, its seats, who steps aside, and the sheets."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.kernel import ids


class Panel(models.Model):
    """The experts of a campaign. `scheme` is the rulebook's jury part, frozen when it opens."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="panel")
    scheme = models.JSONField()
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closing_reason = models.TextField(blank=True)  # when a juror was late


@pghistory.track()
class Seat(models.Model):
    """A juror's place. It exists from the invitation on; `account` is set on acceptance."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats",
    )
    name = models.CharField(max_length=60)  # as announced by the organiser
    token_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="seats_are_numbered"),
            models.UniqueConstraint(
                fields=["panel", "account"],
                condition=Q(account__isnull=False),
                name="one_seat_per_juror",
            ),
        ]


class Commitment(models.Model):
    """A juror's pile as it was committed to: the hash was published at once, the rest follows with
    the result. Never changed; a later one of the same seat takes its place."""

    id = models.BigAutoField(primary_key=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="commitments")
    at = models.DateTimeField()
    criteria = models.JSONField()  # keys, in the order of the marks
    marks = models.JSONField()  # number of the work -> tenths
    salt = models.BinaryField()
    digest = models.CharField(max_length=64)


class Recusal(models.Model):
    """A juror does not mark a work: declared, or found by the system (own unit or its branch)."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="recusals")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    automatic = models.BooleanField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "entry"], name="recused_once")]


@pghistory.track()
class ScoreSheet(models.Model):
    """One juror's marks for one work. Complete when every criterion has a mark. `revision` counts
    the changes, so that a second device learns that it did not know the latest."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="sheets")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    later_at = models.DateTimeField(null=True, blank=True)  # put aside by the juror
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "entry"], name="one_sheet_per_work")]


@pghistory.track()
class Mark(models.Model):
    """A mark for one criterion, in tenths of a point, so that no float ever counts."""

    id = models.BigAutoField(primary_key=True)
    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="marks")
    criterion = models.CharField(max_length=40)
    tenths = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_mark_per_criterion"),
            models.CheckConstraint(condition=Q(tenths__lte=1000), name="marks_up_to_100"),
        ]
