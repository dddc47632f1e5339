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
    """A static exhibition that was built: when, of how many works, the hash of its checksums."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="packages")
    built_at = models.DateTimeField()
    built_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    works = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()
    sums_sha256 = models.CharField(max_length=64)
