"""A clerk's units, and what waits at each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from paike.campaigns.queries import campaigns
from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel import clock
from paike.orgs.models import Organisation, Role
from paike.orgs.queries import memberships, organisations
from paike.review import access
from paike.review.models import RecommendationList, Referral
from paike.review.queries import recommendation_lists, referrals
from paike.web.shared import films, gate
from paike.web.shared.cards import Chip, Words
from paike.web.shared.decisions import CHIPS

PAGE = 30


@dataclass(frozen=True)
class UnitLine:
    """A unit on the desk with its figures and its list, if it is a body."""

    unit: Organisation
    waiting: int
    lists: list[RecommendationList]


@dataclass(frozen=True)
class QueueLine:
    """A work in a queue."""

    title: str
    number: int | None
    theme: Words
    poster: str
    url: str
    at: datetime
    hints: bool
    chip: Chip | None = None


@require_safe
@gate.open_to(gate.strong)
def show(request: HttpRequest) -> HttpResponse:
    """All units of this clerk; one unit alone opens its queue at once."""
    account = gate.account(request)
    units = [
        one.organisation for one in memberships.live(account=account) if one.role == Role.CLERK
    ]
    gate.require(bool(units))
    waiting = referrals.counts_waiting(unit_ids=[unit.pk for unit in units])
    kept: dict[UUID, list[RecommendationList]] = {}
    for one in recommendation_lists.of_bodies([unit.pk for unit in units]):
        kept.setdefault(one.body_id, []).append(one)
    lines = [
        UnitLine(unit=unit, waiting=waiting.get(unit.pk, 0), lists=kept.get(unit.pk, []))
        for unit in units
    ]
    return render(request, "clerk/desk.html", {"lines": lines, "total": sum(waiting.values())})


@require_safe
@gate.open_to(gate.strong)
def queue(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """What waits at a unit, oldest first, or what it has decided; filters are in the address."""
    unit = gate.find(organisations.by_id(unit_id))
    gate.require(access.may_serve(gate.account(request), unit))
    decided = request.GET.get("state") == "decided"
    theme = request.GET.get("theme", "")
    rows = referrals.decided(unit_id=unit.pk) if decided else referrals.waiting(unit_id=unit.pk)
    if theme:
        rows = rows.filter(entry__theme=theme)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    campaign = campaigns.current()
    rulebook = campaigns.rulebook_of(campaign) if campaign is not None else None
    context = {
        "unit": unit,
        "page_obj": page,
        "lines": _lines(list(page.object_list), rulebook),
        "themes": rulebook.themes if rulebook else (),
        "theme": theme,
        "decided": decided,
        "lists": recommendation_lists.of_bodies([unit.pk]),
        "now": clock.now(),
    }
    return render(request, "clerk/queue.html", context)


def _lines(rows: list[Referral], rulebook: Rulebook | None) -> list[QueueLine]:
    posters = films.posters(row.version.film_id for row in rows)
    themes: dict[str, Any] = {one.key: one.name for one in rulebook.themes} if rulebook else {}
    return [
        QueueLine(
            title=row.version.composed_title,
            number=row.entry.number,
            theme=themes.get(row.entry.theme, row.entry.theme),
            poster=posters[row.version.film_id],
            url=reverse("review-desk", args=[row.pk]),
            at=row.decision.at if row.closed_at else row.arrived_at,
            hints=row.version.inspection.outcome == "warn",
            chip=CHIPS[row.decision.outcome] if row.closed_at else None,
        )
        for row in rows
    ]
