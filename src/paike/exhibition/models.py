"""What the public may see: publications by the editor, and the packages built from them."""

from django.conf import settings
from django.db import models

from paike.campaigns.models import Campaign
from paike.entries.models import Entry, Version
from paike.kernel import ids


class Publication(models.Model):
    """The editor put a work before the public: the texts as published, none of them personal."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="publication")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    synopsis = models.TextField(blank=True)
    credit = models.CharField(max_length=200)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_why = models.TextField(blank=True)


class Package(models.Model):
    """A static exhibition: asked for, being built, built (`built_at`), or given up with a fault."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="packages")
    online = models.BooleanField(default=False)  # in the folder this installation itself serves
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)
    built_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )  # null: Paike itself, after a work left
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    fault = models.TextField(blank=True)  # why it was given up; can be run again
    expires_at = models.DateTimeField(null=True, blank=True)
    works = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    show_sha256 = models.CharField(max_length=64, blank=True)  # of all that it shows
    sums_sha256 = models.CharField(max_length=64, blank=True)  # of its checksums.txt

    class Meta:
        indexes = [models.Index(fields=["campaign", "-requested_at"], name="packages_by_call")]
