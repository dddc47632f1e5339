"""The audit trail: one row per act, written in the act's own transaction, never changed."""

import pgtrigger
from django.conf import settings
from django.db import models

from paike.kernel import ids


class Audience(models.TextChoices):
    """Who may read a record."""

    PUBLIC = "public"
    CONCERNED = "concerned"  # the entrant of the entry, the units on its road, editors, organisers
    STAFF = "staff"  # organisers only: reveals, sign-in security


@pgtrigger.register(
    pgtrigger.Protect(name="audit_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
)
class Record(models.Model):
    """Who did what to which thing, when. `details` holds ids, numbers and reasons, and never
    personal data."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # null: Paike itself
    role = models.CharField(max_length=40, blank=True)  # in which capacity, e.g. "clerk"
    unit_name = models.CharField(max_length=200, blank=True)  # for which unit
    act = models.CharField(max_length=60)  # "entry.submitted", "review.returned"
    thing = models.CharField(max_length=40)  # "entry", "recommendation_list"
    thing_id = models.CharField(max_length=64)
    campaign_id = models.UUIDField(null=True, blank=True)
    entry_id = models.UUIDField(null=True, blank=True)
    audience = models.CharField(max_length=12, choices=Audience.choices)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["entry_id", "at"], name="audit_by_entry"),
            models.Index(fields=["campaign_id", "at"], name="audit_by_campaign"),
            models.Index(fields=["thing", "thing_id", "at"], name="audit_by_thing"),
        ]
