"""Packages that were built."""

from uuid import UUID

from paike.exhibition.models import Package


def latest(*, campaign_id: UUID) -> Package | None:
    """The package built last."""
    return Package.objects.filter(campaign_id=campaign_id).order_by("-built_at").first()
