"""Packages that were built, or are being built."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from paike.campaigns.models import Campaign
from paike.exhibition.models import Package
from paike.exhibition.queries import shows


def online(*, campaign_id: UUID) -> Package | None:
    """The package that this installation shows: the one built last."""
    built = Package.objects.filter(campaign_id=campaign_id, online=True, built_at__isnull=False)
    return built.order_by("-built_at").first()


def built(*, campaign_id: UUID, package_id: UUID) -> Package | None:
    """A package of this call that went online, whether or not another has followed it."""
    found = Package.objects.filter(campaign_id=campaign_id, online=True, built_at__isnull=False)
    return found.filter(pk=package_id).first()


def under_way(*, campaign_id: UUID) -> Package | None:
    """The latest request that has not ended well: waiting, being built, or given up. None when a
    later one was built."""
    asked = Package.objects.filter(campaign_id=campaign_id, online=True, built_at=None)
    last = asked.order_by("-requested_at").first()
    shown = online(campaign_id=campaign_id)
    if last is None or (shown is not None and shown.requested_at > last.requested_at):
        return None
    return last


def is_stale(package: Package, campaign: Campaign) -> bool:
    """Whether a build now would show something else: a work left, came or was changed."""
    try:
        return shows.fingerprint(shows.of(campaign)) != package.show_sha256
    except shows.NoTerm:
        return False


def unfinished() -> QuerySet[Package]:
    """Packages not built, given up or under way, the oldest first."""
    found = Package.objects.filter(built_at=None).select_related("campaign")
    return found.order_by("requested_at", "pk")


def built_since(moment: datetime) -> int:
    return Package.objects.filter(built_at__gte=moment).count()


def by_id(package_id: UUID) -> Package | None:
    return Package.objects.filter(pk=package_id).first()
