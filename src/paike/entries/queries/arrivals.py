"""Who came by the link or QR code of a unit."""

from collections.abc import Collection
from uuid import UUID

from paike.audit.models import Record


def by_link(*, campaign_id: UUID, unit_ids: Collection[UUID]) -> int:
    """How many people began a work through a link of one of these units, wherever the work stands
    now: the trail remembers it."""
    begun = Record.objects.filter(
        campaign_id=campaign_id,
        act="entry.begun",
        details__invited_by__in=[str(unit_id) for unit_id in unit_ids],
    )
    return begun.values("actor_id").distinct().count()
