"""The shortlist: chosen with its coverage in view, sealed as a formal act, refilled in public."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.rulebook import Rulebook
from paike.entries.models import Entry, Route, Version
from paike.entries.queries import entries
from paike.kernel import clock
from paike.kernel.text import Text
from paike.orgs.queries import organisations
from paike.review.actions import shortlists
from paike.review.queries import shortlists as queries
from paike.review.queries import works
from paike.review.rules import coverage
from paike.review.rules.refusals import Refusal
from paike.web.organiser import scope
from paike.web.organiser.forms import EntriesForm, ReasonForm, RefillForm
from paike.web.shared import films, gate
from paike.web.shared.cards import Words


@dataclass(frozen=True)
class Line:
    """A work that is on the shortlist or could be."""

    entry: Entry
    version: Version
    body: str  # code, or works.INDIVIDUAL
    body_name: Words
    theme: Words
    poster: str
    url: str


@require_safe
@gate.open_to(gate.strong)
def show(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = scope.campaign(request, slug)
    return render(request, "organiser/shortlist.html", _context(request, campaign))


@require_POST
@gate.open_to(gate.strong)
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Add or remove the ticked works, all or none."""
    campaign = scope.campaign(request, slug)
    form = EntriesForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请先勾选作品。"))
        return _back(request, slug)
    act = shortlists.add if form.cleaned_data["act"] == "add" else shortlists.remove
    ids = form.cleaned_data["entries"]
    try:
        act(campaign_id=campaign.pk, entry_ids=ids, by=gate.account(request), now=clock.now())
        done = _("已选入 %(number)s 部。") if act is shortlists.add else _("已移出 %(number)s 部。")
        messages.success(request, done % {"number": len(ids)})
    except Refusal as refusal:
        scope.say(request, refusal)
    return _back(request, slug)


@require_POST
@gate.open_to(gate.strong)
def seal(request: HttpRequest, slug: str) -> HttpResponse:
    """The formal act."""
    campaign = scope.campaign(request, slug)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        shortlists.seal(
            campaign_id=campaign.pk, reason=reason, by=gate.account(request), now=clock.now()
        )
        messages.success(request, _("入围名单已确认，作者会收到通知。"))
    except Refusal as refusal:
        scope.say(request, refusal)
    return redirect("organise-shortlist", slug)


@require_POST
@gate.open_to(gate.strong)
def refill(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the place of a work that left to another, with a public reason."""
    scope.campaign(request, slug)
    form = RefillForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择递补作品并写明依据。"))
        return redirect("organise-shortlist", slug)
    try:
        shortlists.refill(
            shortlisting_id=form.cleaned_data["place"],
            entry_id=form.cleaned_data["entry"],
            reason=form.cleaned_data["reason"],
            by=gate.account(request),
            now=clock.now(),
        )
        messages.success(request, _("已递补并公开记录。"))
    except Refusal as refusal:
        scope.say(request, refusal)
    return redirect("organise-shortlist", slug)


def _back(request: HttpRequest, slug: str) -> HttpResponse:
    """To the page with the same filter."""
    address = reverse("organise-shortlist", args=[slug])
    query = request.GET.urlencode()
    return redirect(f"{address}?{query}" if query else address)


def _context(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    rulebook = campaigns.rulebook_of(campaign)
    shortlist = queries.of_campaign(campaign_id=campaign.pk)
    chosen = _lines([row.entry for row in queries.shortlistings(campaign_id=campaign.pk)], rulebook)
    free = _lines(list(queries.candidates(campaign_id=campaign.pk)), rulebook)
    theme, body = request.GET.get("theme", ""), request.GET.get("body", "")
    shown = [line for line in free if theme in ("", line.entry.theme) and body in ("", line.body)]
    size = rulebook.funnel.shortlist
    sealed = shortlist is not None and shortlist.sealed_at is not None
    return {
        "campaign": campaign,
        "shortlist": shortlist,
        "sealed": sealed,
        "size": size,
        "chosen": chosen,
        "candidates": shown,
        "available": len(free),
        "left": size - len(chosen),
        "theme": theme,
        "body": body,
        "themes": rulebook.themes,
        "bodies": {line.body: line.body_name for line in free},
        "bars": _bars(chosen, free, rulebook),
        "vacancies": _vacancies(campaign) if sealed else [],
        "query": request.GET.urlencode(),
    }


def _lines(found: Sequence[Entry], rulebook: Rulebook) -> list[Line]:
    versions = entries.latest_versions(entry.pk for entry in found)
    posters = films.posters(version.film_id for version in versions.values())
    themes: dict[str, Any] = {theme.key: theme.name for theme in rulebook.themes}
    bodies = works.bodies_of_units({entry.unit_id for entry in found if entry.unit_id})
    lines = []
    for entry in found:
        version = versions[entry.pk]
        body = None if entry.route == Route.INDIVIDUAL else bodies[entry.unit_id]  # type: ignore[index]  # a recommended work has a unit
        lines.append(
            Line(
                entry=entry,
                version=version,
                body=body.code if body else works.INDIVIDUAL,
                body_name=body.short_words if body else Text("个人报送", "Individuals"),
                theme=themes.get(entry.theme, entry.theme),
                poster=posters[version.film_id],
                url=reverse("organise-entry", args=[rulebook.slug, entry.pk]),
            )
        )
    return lines


def _bars(
    chosen: list[Line], free: list[Line], rulebook: Rulebook
) -> list[tuple[Text, list[dict[str, Any]]]]:
    """The live coverage: themes, then bodies; those with nothing chosen are marked."""
    everything = [*chosen, *free]
    themes: dict[str, Any] = {theme.key: theme.name for theme in rulebook.themes}
    bodies: dict[str, Any] = {one.code: one.short_words for one in organisations.bodies(rulebook)}
    bodies[works.INDIVIDUAL] = Text("个人报送", "Individuals")
    by_theme = coverage.bars(
        list(themes),
        chosen=[line.entry.theme for line in chosen],
        available=[line.entry.theme for line in everything],
    )
    by_body = coverage.bars(
        list(bodies),
        chosen=[line.body for line in chosen],
        available=[line.body for line in everything],
    )

    def named(bars: Sequence[coverage.Bar], names: dict[str, Any]) -> list[dict[str, Any]]:
        return [{"name": names.get(bar.key, bar.key), "bar": bar} for bar in bars]

    return [
        (Text("主题", "Themes"), named(by_theme, themes)),
        (Text("推荐单位", "Bodies"), named(by_body, bodies)),
    ]


def _vacancies(campaign: Campaign) -> list[dict[str, Any]]:
    """Places to refill, each with its own form."""
    left = queries.vacancies(campaign_id=campaign.pk)
    titles = entries.composed_titles(one.entry_id for one in left)
    return [
        {"place": one, "title": titles[one.entry_id], "form": RefillForm(initial={"place": one.pk})}
        for one in left
    ]
