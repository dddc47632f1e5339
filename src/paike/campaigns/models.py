"""A call: its rulebook, frozen when it opens, and the amendments made in public since."""

import pgtrigger
from django.conf import settings
from django.db import models

from paike.kernel import ids


class Campaign(models.Model):
    """A call for films. `rulebook` is the canonical JSON in force (amendments included);
    `frozen_hash` is the hash at opening."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    rulebook = models.JSONField()
    rulebook_hash = models.CharField(max_length=64)
    source = models.TextField()  # the TOML as it was written, comments included
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    frozen_hash = models.CharField(max_length=64, blank=True)


@pgtrigger.register(
    pgtrigger.Protect(name="amendments_stay", operation=pgtrigger.Update | pgtrigger.Delete)
)
class Amendment(models.Model):
    """A change to an open campaign's rulebook: reason, author, time and the difference, public.
    Extending a stage is an amendment whose difference is one date."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before_hash = models.CharField(max_length=64)
    after_hash = models.CharField(max_length=64)
    difference = models.JSONField()  # [{key, before, after}]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="amendments_are_numbered")
        ]
