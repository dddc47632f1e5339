"""The works that stand for the vote."""

from uuid import UUID

from django.db.models import QuerySet

from paike.entries.models import Entry


def of_campaign(campaign_id: UUID) -> QuerySet[Entry]:
    """Works on the sealed shortlist that are still in. The shortlist's rows are read through the
    entry: the review is a sibling room, whose tables we know and whose code we don't."""
    return Entry.objects.filter(
        campaign_id=campaign_id,
        shortlisting__removed_at__isnull=True,
        shortlisting__shortlist__sealed_at__isnull=False,
        withdrawal__isnull=True,
        disqualification__isnull=True,
    )


def ids(campaign_id: UUID) -> set[UUID]:
    return set(of_campaign(campaign_id).values_list("id", flat=True))
