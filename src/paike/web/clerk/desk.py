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
from paike.campaigns.rules import stages
from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel import clock
from paike.kernel.period import Period
from paike.orgs.models import Organisation, Role
from paike.orgs.queries import memberships, organisations
from paike.review import access
from paike.review.actions import letters
from paike.review.models import Referral
from paike.review.queries import desks
from paike.review.queries.desks import Desk
from paike.web.shared import films, gate
from paike.web.shared.cards import Chip, Words
from paike.web.shared.decisions import CHIPS

PAGE = 30


@dataclass(frozen=True)
class CallLine:
    """A call at a unit, and where its queue is. `collects` tells calls of one name apart."""

    name: Words
    collects: Period | None
    desk: Desk
    url: str
    here: bool = False


@dataclass(frozen=True)
class UnitLine:
    """A unit on the desk with its calls; none before a first work came."""

    unit: Organisation
    url: str
    calls: list[CallLine]


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
    """All units of this clerk, each with its calls."""
    account = gate.account(request)
    units = [
        one.organisation for one in memberships.live(account=account) if one.role == Role.CLERK
    ]
    gate.require(bool(units))
    known = desks.of_units(units)
    lines = [
        UnitLine(unit, letters.queue_address(unit), _calls(unit, known.get(unit.pk, [])))
        for unit in units
    ]
    total = sum(one.waiting for found in known.values() for one in found)
    return render(request, "clerk/desk.html", {"lines": lines, "total": total})


@require_safe
@gate.open_to(gate.strong)
def queue(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """What waits at a unit in a call, oldest first, or what it has decided; call and filters are
    in the address, the call only where the unit has several."""
    unit = gate.find(organisations.by_id(unit_id))
    gate.require(access.may_serve(gate.account(request), unit))
    slug, theme = request.GET.get("call", ""), request.GET.get("theme", "")
    decided = request.GET.get("state") == "decided"
    known = desks.of_units([unit]).get(unit.pk, [])
    desk = desks.chosen(known, slug)
    if slug:
        gate.find(desk)
    rows = desks.queue(desk, unit=unit, decided=decided, theme=theme)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    rulebook = campaigns.rulebook_of(desk.campaign) if desk is not None else None
    context = {
        "unit": unit,
        "campaign": desk.campaign if desk is not None else None,
        "desk": desk,
        "calls": _calls(unit, known, desk) if len(known) > 1 else [],
        "page_obj": page,
        "lines": _lines(list(page.object_list), rulebook),
        "themes": rulebook.themes if rulebook else (),
        "theme": theme,
        "decided": decided,
        "now": clock.now(),
    }
    return render(request, "clerk/queue.html", context)


def queue_address(referral: Referral) -> str:
    """The queue a work is or was in."""
    return letters.queue_link(referral.unit, referral.entry.campaign)


def _calls(unit: Organisation, known: list[Desk], chosen: Desk | None = None) -> list[CallLine]:
    several = len(known) > 1
    return [
        CallLine(
            name=campaigns.rulebook_of(one.campaign).name,
            collects=stages.window(campaigns.rulebook_of(one.campaign), "submit"),
            desk=one,
            url=letters.queue_address(unit, one.campaign if several else None),
            here=one is chosen,
        )
        for one in known
    ]


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
