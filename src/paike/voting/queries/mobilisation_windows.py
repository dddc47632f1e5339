"""Declared mobilisation windows."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.models import Entry
from paike.orgs.models import Organisation
from paike.orgs.queries import organisations
from paike.voting.models import MobilisationWindow
from paike.voting.queries import candidates
from paike.voting.rules import grammar


def of_campaign(campaign_id: UUID) -> QuerySet[MobilisationWindow]:
    """The latest first."""
    found = MobilisationWindow.objects.filter(campaign_id=campaign_id)
    return found.select_related("entry", "unit", "declared_by").order_by("-start", "id")


def of_unit(*, campaign_id: UUID, unit: Organisation) -> QuerySet[MobilisationWindow]:
    return of_campaign(campaign_id).filter(unit=unit)


def works_of_unit(*, campaign_id: UUID, unit: Organisation) -> QuerySet[Entry]:
    """The works in the vote that came from the unit or through it, by number."""
    branch = organisations.branch_ids(unit)
    return candidates.of_campaign(campaign_id).filter(unit_id__in=branch).order_by("number")


def calls_of_unit(unit: Organisation, *, now: datetime) -> list[Campaign]:
    """The calls in whose vote a work of the unit's branch stands: first those whose vote runs, then
    those to come, the nearest end or beginning first, then those that are over, the last one first.

    They need not have come over the unit's desk: a subordinate's works, and works of calls that
    review nothing at the units, can be mobilised for as well."""
    works = candidates.of_units(organisations.branch_ids(unit))
    calls = Campaign.objects.filter(pk__in=works.values("campaign_id"))

    def place(call: Campaign) -> tuple[int, float]:
        vote = grammar.window(campaigns.rulebook_of(call).ballot)
        if now in vote:
            return 0, vote.end.timestamp()
        if vote.is_after(now):
            return 1, vote.start.timestamp()
        return 2, -vote.end.timestamp()

    return sorted(calls.order_by("-opened_at", "slug"), key=place)
