"""The published result, and everything needed to compute it again."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from paike.awards.models import Award, Result
from paike.awards.queries import results
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.parts import Words
from paike.entries.queries import entries
from paike.exhibition.queries import publications
from paike.kernel import canonical_json
from paike.web.public import opened_calls
from paike.web.shared import cards, exhibitions, gate, media_links, sheets

COLUMNS = (
    "rank", "level", "number", "title", "votes", "vote_points", "sheets", "jury_score",
    "jury_points", "total", "set_apart_by",
)  # fmt: skip
FRACTION = re.compile(r"-?\d+/\d+")


@dataclass(frozen=True)
class Level:
    """A level of the ladder with its works."""

    name: Words
    works: list[cards.WorkCard]


@require_safe
@gate.open_to(gate.anyone)
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """Who won, how it was computed, and the files to do it again; before publication, when."""
    campaign = opened_calls.find(slug)
    rulebook = campaigns.rulebook_of(campaign)
    found = results.of_campaign(campaign.pk)
    context: dict[str, Any] = {
        "campaign": campaign,
        "rulebook": rulebook,
        "result": found,
        "exhibition_url": exhibitions.address(campaign),
    }
    if found is not None:
        context |= {
            "levels": _levels(campaign, found),
            "organisations": results.organisation_awards(found),
            "realised": _percent(found.computation["realised_weight"]),
            "steps": len(found.computation["steps"]),
        }
    return render(request, "public/result.html", context)


@require_safe
@gate.open_to(gate.anyone)
def computation(request: HttpRequest, slug: str) -> HttpResponse:
    """The frozen computation, byte for byte what the digest is of."""
    found = gate.find(results.of_campaign(opened_calls.find(slug).pk))
    body = canonical_json.dumps(found.computation)
    response = HttpResponse(body, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{slug}-result.json"'
    return response


@require_safe
@gate.open_to(gate.anyone)
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """The steps as CSV for a spreadsheet, with exact fractions as text."""
    found = gate.find(results.of_campaign(opened_calls.find(slug).pk))
    about = found.computation["about"]
    rows = [
        step
        | {
            "title": about["titles"].get(step["id"], ""),
            "number": about["numbers"].get(step["id"], ""),
        }
        for step in found.computation["steps"]
    ]
    data = sheets.as_csv(COLUMNS, ([_cell(row[column]) for column in COLUMNS] for row in rows))
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-result.csv"'
    return response


def _cell(value: object) -> str:
    """A fraction in brackets, lest a spreadsheet take 1/2 for the second of January."""
    text = str(value)
    return f"({text})" if FRACTION.fullmatch(text) else text


def _levels(campaign: Campaign, found: Result) -> list[Level]:
    rulebook = campaigns.rulebook_of(campaign)
    given = results.awards(found)
    shown = {one.entry_id: one for one in publications.shown(campaign_id=campaign.pk)}
    titles = entries.composed_titles(award.entry_id for award in given)
    by_level: dict[str, list[cards.WorkCard]] = {}
    for award in given:
        card = _card(campaign, award, shown.get(award.entry_id), titles)
        by_level.setdefault(award.level, []).append(card)
    return [Level(rung.name, by_level.get(rung.key, [])) for rung in rulebook.ladder]


def _card(
    campaign: Campaign,
    award: Award,
    published: publications.Shown | None,
    titles: dict[Any, str],
) -> cards.WorkCard:
    """A published work with poster and page; one that is not, by its title alone."""
    if published is None:
        return cards.WorkCard(title=titles.get(award.entry_id, ""))
    return cards.WorkCard(
        title=published.title,
        url=f"/c/{campaign.slug}/works/{award.entry_id}/",
        poster=media_links.poster(published.poster),
        theme=published.theme or "",
        credit=published.credit,
    )


def _percent(weights: dict[str, str]) -> dict[str, str]:
    """“3/10” as “30.0”, for people; the exact fraction stands in the file."""
    return {key: f"{_ratio(text) * 100:.1f}" for key, text in weights.items()}


def _ratio(text: str) -> float:
    over, under = text.split("/")
    return int(over) / int(under)
