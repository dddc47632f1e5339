"""A body's recommendation list: ranked places, reserve, submission."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from paike.accounts.models import Account
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.entries.models import Version
from paike.entries.queries import entries
from paike.kernel import clock
from paike.review import access
from paike.review.actions import letters, recommendation_lists
from paike.review.models import RecommendationList
from paike.review.queries import recommendation_lists as queries
from paike.review.queries import referrals
from paike.review.rules.refusals import Refusal
from paike.web.clerk.forms import PlaceForm
from paike.web.shared import films, gate
from paike.web.shared.cards import Words


@dataclass(frozen=True)
class Line:
    """A work on the list, in the reserve or among the candidates; None on an empty place."""

    place: int
    version: Version | None = None
    poster: str = ""
    theme: Words = ""
    url: str = ""  # of its review desk, for the body's own clerks


@require_safe
@gate.open_to(gate.strong)
def show(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """The list with empty places shown, the reserve, the candidates, and what is missing."""
    kept = gate.find(queries.by_id(list_id))
    account = gate.account(request)
    gate.require(access.may_read_list(account, kept))
    return render(request, "clerk/list.html", _context(kept, account))


@require_POST
@gate.open_to(gate.strong)
def place(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """One change to the places; the page comes back (as a fragment for htmx)."""
    kept = gate.find(queries.by_id(list_id))
    account = gate.account(request)
    gate.require(access.may_keep(account, kept))
    form = PlaceForm(request.POST)
    if form.is_valid():
        _try(request, lambda: _change(kept, account, form.cleaned_data))
    else:
        messages.error(request, _("没有看懂这个操作，请刷新后再试。"))
    if getattr(request, "htmx", False):
        return render(request, "clerk/places.html", _context(kept, account))
    return redirect("recommendation-list", kept.pk)


@require_POST
@gate.open_to(gate.strong)
def submit(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """The formal submission, once."""
    kept = gate.find(queries.by_id(list_id))
    account = gate.account(request)
    gate.require(access.may_keep(account, kept))
    if _try(
        request,
        lambda: recommendation_lists.submit(list_id=kept.pk, by=account, now=clock.now()),
    ):
        messages.success(request, _("推荐名单已提交。请下载推荐表，签字盖章后留存。"))
    return redirect("recommendation-list", kept.pk)


def _change(kept: RecommendationList, account: Account, data: dict[str, Any]) -> None:
    known = {"list_id": kept.pk, "entry_id": data["entry"], "by": account, "now": clock.now()}
    act = data["act"]
    if act in ("add", "reserve"):
        recommendation_lists.add(reserve=act == "reserve", **known)
    elif act == "remove":
        recommendation_lists.remove(**known)
    else:
        to = {"to-reserve": "reserve", "to": data["place"] or 1}.get(act, act)
        recommendation_lists.move(to=to, **known)


def _try(request: HttpRequest, act: Callable[[], object]) -> bool:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refusal.text.in_language(get_language() or "zh-hans"))
        return False
    return True


def _context(kept: RecommendationList, account: Account) -> dict[str, Any]:
    ranking = queries.ranking_of(kept)
    candidates = queries.candidates(kept)
    versions = entries.latest_versions([*ranking.ranked, *ranking.reserve, *candidates])
    rulebook = campaigns.rulebook_of(kept.campaign)
    themes: dict[str, Any] = {theme.key: theme.name for theme in rulebook.themes}
    posters = films.posters(version.film_id for version in versions.values())
    keeps = access.may_keep(account, kept)
    waits = referrals.latest_at(unit_id=kept.body_id, entry_ids=versions) if keeps else {}

    def line(place: int, entry_id: UUID | None) -> Line:
        if entry_id is None:
            return Line(place)
        version = versions[entry_id]
        theme = version.snapshot.get("theme", "")
        url = reverse("review-desk", args=[waits[entry_id]]) if entry_id in waits else ""
        return Line(place, version, posters[version.film_id], themes.get(theme, theme), url)

    places: list[UUID | None] = [*ranking.ranked, *([None] * ranking.free)]
    window = stages.window(rulebook, "recommend")
    return {
        "list": kept,
        "campaign": kept.campaign,
        "queue": letters.queue_link(kept.body, kept.campaign),
        "ranking": ranking,
        "lines": [line(at, one) for at, one in enumerate(places, start=1)],
        "reserve": [line(at, one) for at, one in enumerate(ranking.reserve, start=1)],
        "candidates": [line(at, one) for at, one in enumerate(candidates, start=1)],
        "may_change": kept.submitted_at is None and keeps,
        "closes": window.end if window is not None else None,
    }
