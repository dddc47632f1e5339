"""Published results and the papers that prove them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from paike.awards.models import Award, OrganisationAward, Result, SupersededPaper


def of_campaign(campaign_id: UUID) -> Result | None:
    found = Result.objects.filter(campaign_id=campaign_id)
    return found.select_related("campaign", "published_by").first()


def awards(result: Result) -> list[Award]:
    """Awards that hold, best first."""
    return list(_awards().filter(result=result, revoked_at__isnull=True).order_by("rank", "number"))


def of_entry(entry_id: UUID) -> Award | None:
    """The award of a work, if it holds."""
    return _awards().filter(entry_id=entry_id, revoked_at__isnull=True).first()


def of_entries(entry_ids: Iterable[UUID]) -> dict[UUID, Award]:
    """The awards that hold among these works, by work."""
    found = _awards().filter(entry_id__in=list(entry_ids), revoked_at__isnull=True)
    return {award.entry_id: award for award in found}


def organisation_awards(result: Result) -> list[OrganisationAward]:
    found = OrganisationAward.objects.filter(result=result).select_related("organisation")
    return list(found.order_by("rank"))


def _awards() -> QuerySet[Award]:
    # The result holds its whole computation and the call its rulebook: once each, not per award.
    found = Award.objects.select_related("entry", "entry__unit")
    return found.prefetch_related("result__campaign")


@dataclass(frozen=True)
class Papers:
    """What a check code belongs to: one of these, or nothing."""

    award: Award | None = None
    organisation_award: OrganisationAward | None = None
    superseded: SupersededPaper | None = None


def by_check_code(code: str) -> Papers:
    """The paper that carries this code."""
    award = _awards().filter(check_code=code).first()
    if award is not None:
        return Papers(award=award)
    organisation_award = (
        OrganisationAward.objects.filter(check_code=code)
        .select_related("organisation", "result", "result__campaign")
        .first()
    )
    if organisation_award is not None:
        return Papers(organisation_award=organisation_award)
    superseded = (
        SupersededPaper.objects.filter(check_code=code)
        .select_related("award", "award__result", "award__result__campaign", "award__entry")
        .first()
    )
    return Papers(superseded=superseded)
