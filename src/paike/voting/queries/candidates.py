"""The works that stand for the vote."""

from uuid import UUID

from django.db.models import QuerySet

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.entries.queries import race


def of_campaign(campaign_id: UUID) -> QuerySet[Entry]:
    """All works in the race."""
    return race.of_campaign(campaign_id)


def of_units(ids: set[UUID]) -> QuerySet[Entry]:
    """The works in any race that came from these units."""
    return race.of_all().filter(unit_id__in=ids)


def sealed_campaigns() -> set[UUID]:
    """Calls whose shortlist is sealed."""
    sealed = Campaign.objects.filter(shortlist__sealed_at__isnull=False)
    return set(sealed.values_list("id", flat=True))


def ids(campaign_id: UUID) -> set[UUID]:
    return race.ids(campaign_id)


def numbers(campaign_id: UUID) -> dict[UUID, int]:
    """The candidates and the numbers by which ballots name them."""
    found = of_campaign(campaign_id).exclude(number=None)
    return {entry: number or 0 for entry, number in found.values_list("id", "number")}


def numbers_of(slug: str) -> set[int]:
    """The numbers of a call's candidates."""
    return {
        number
        for campaign in Campaign.objects.filter(slug=slug)
        for number in numbers(campaign.pk).values()
    }
