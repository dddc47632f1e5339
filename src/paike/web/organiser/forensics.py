"""Where the organiser looks into stuffed ballots."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from paike.campaigns.queries import campaigns
from paike.kernel import clock
from paike.kernel.text import Text
from paike.voting.queries import mobilisation_windows, standings
from paike.web.organiser import forensic_cases, forensic_looks, scope
from paike.web.shared import gate
from paike.web.shared.cards import Tile


@require_safe
@never_cache
@gate.open_to(gate.strong)
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """What was found, what waits for a decision, and what the ranking is without it."""
    campaign = scope.campaign(request, slug)
    look = forensic_looks.latest(campaign, now=clock.now())
    cases = forensic_cases.of_campaign(campaign, gate.account(request), look.titles)
    context = {
        "campaign": campaign,
        "look": look,
        "open": [one for one in cases if one.ruling is None],
        "closed": [one for one in cases if one.ruling is not None],
        "lines": look.lines(),
        "ranking": [
            one for one in look.ranking() if one["lost"] or one["rank"] != one["rank_without"]
        ],
        "works": [
            (number, look.titles[number])
            for number in sorted(map(int, look.picture["works"]))
            if number in look.titles
        ],
        "windows": mobilisation_windows.of_campaign(campaign.pk)[:50],
        "tiles": _tiles(standings.figures(campaign.pk), is_open=look.is_open),
    }
    return render(request, "organiser/forensics.html", context)


@require_safe
@never_cache
@gate.open_to(gate.strong)
def work(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One work: its hours, its company, its networks and links, its cases."""
    campaign = scope.campaign(request, slug)
    look = forensic_looks.latest(campaign, now=clock.now())
    gate.find(look.titles.get(number))
    picture = look.picture["works"].get(str(number))
    cases = forensic_cases.of_campaign(campaign, gate.account(request), look.titles)
    opens = campaigns.rulebook_of(campaign).ballot.opens
    context = {
        "campaign": campaign,
        "look": look,
        "title": look.titles[number],
        "picture": picture,
        "chart": picture and _chart(picture, opens.timestamp()),
        "hours": picture and _hours(picture),
        "company": _company(picture, look.titles),
        "networks": _sources(picture, "networks"),
        "links": _sources(picture, "links"),
        "lines": [one for one in look.lines() if one.finding.work == number],
        "cases": [one for one in cases if one.quarantine.work == number],
    }
    return render(request, "organiser/forensics_work.html", context)


def _tiles(figures: standings.Figures, *, is_open: bool) -> list[Tile]:
    """How many ballots there are is a figure like any other."""
    votes = [
        Tile(f"{figures.accepted:,}", Text("选票", "Ballots"), Text("张", "")),
        Tile(f"{figures.valid:,}", Text("计入", "Counted"), Text("张", "")),
    ]
    return (votes if is_open else []) + [
        Tile(f"{figures.ballots['quarantined']:,}", Text("待核实", "Set aside"), Text("张", "")),
        Tile(f"{figures.ballots['released']:,}", Text("已恢复", "Released"), Text("张", "")),
        Tile(f"{figures.ballots['void']:,}", Text("已作废", "Void"), Text("张", "")),
    ]


def _chart(picture: dict[str, Any], opens: float) -> dict[str, Any]:
    return {
        "start": int(opens * 1000),
        "hours": picture.get("hours"),
        "usual": picture.get("usual"),
        "suspect": picture["suspect_hours"],
    }


def _company(picture: dict[str, Any] | None, titles: dict[int, str]) -> list[dict[str, Any]]:
    """The other works on the suspect ballots, beside their share on the work's other ballots."""
    return [
        one
        | {
            "title": titles.get(one["number"], ""),
            "share_words": f"{one['share']:.0%}",
            "else_words": f"{one['share_else']:.0%}",
        }
        for one in (picture or {}).get("company", [])
    ]


def _sources(picture: dict[str, Any] | None, kind: str) -> list[dict[str, Any]]:
    """Networks or links by size; their shares in words."""
    return [
        one
        | {f"{key}_words": f"{value:.1%}" for key, value in one.items() if key.startswith("share")}
        for one in (picture or {}).get(kind, [])
    ]


def _hours(picture: dict[str, Any]) -> list[dict[str, int]]:
    """Every hour that the chart shows, for the table behind it."""
    keys = ("hours", "usual", "suspect_hours")
    return [
        {"hour": hour} | {key: picture[key][hour] for key in keys if key in picture}
        for hour in range(len(picture["suspect_hours"]))
    ]
