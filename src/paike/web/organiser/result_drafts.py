"""The result as it stands: cut lines first, then every work; no figure before votes and marks are
all in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from paike.awards.models import Award, Result
from paike.awards.queries import drafts, inputs, results
from paike.awards.rules import cut_lines
from paike.awards.rules.blending import Score
from paike.awards.rules.ranking import Place
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.parts import Words
from paike.campaigns.rules.rulebook import Rulebook
from paike.entries.queries import entries
from paike.kernel import clock
from paike.kernel.text import Text
from paike.voting.queries import tallies
from paike.web.organiser import jury_panels
from paike.web.shared import gate

DIGITS = 3
TIES = {
    "total": Words(zh="总分", en="total"),
    "jury": Words(zh="评委分", en="jury score"),
    "jury-median": Words(zh="评委分中位数", en="jury median"),
    "first-criterion": Words(zh="第一项得分", en="first criterion"),
    "head-to-head": Words(zh="评委两两比较", en="head to head"),
    "votes": Words(zh="有效票", en="valid votes"),
    "committee": Words(zh="评委会表决", en="committee's ballot"),
}


@dataclass(frozen=True)
class Row:
    """A work in the draft, figures rounded for reading."""

    id: str
    title: str
    rank: int
    level: Words | None
    votes: int
    vote_points: str
    jury: str
    jury_points: str
    total: str
    by: Words | None
    is_tied: bool


@dataclass(frozen=True)
class Tied:
    """A work of a tie that the committee must order, and the place it is given."""

    row: Row
    place: str


@dataclass(frozen=True)
class Line:
    """A cut line with its neighbours on both sides. `minutes`: typed, and not recorded yet."""

    level: Words
    below: Words | None
    after: int
    margin: str
    over: list[Row]
    under: list[Row]
    tied: list[Tied]
    minutes: str
    changes: list[tuple[str, list[str], list[str]]]  # juror, falls, rises


@require_safe
@never_cache
@gate.open_to(gate.strong)
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    return render_draft(request, jury_panels.organised(request, slug))


def render_draft(
    request: HttpRequest, campaign: Campaign, *, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    """The draft's page, or the published result's for the organiser. While votes or marks still
    come in, a page without figures: nobody who runs the call reads more than the public does.
    `typed`: the form of a committee's ballot that was refused."""
    now, rulebook = clock.now(), campaigns.rulebook_of(campaign)
    found = drafts.of_campaign(campaign, now=now)
    published = results.of_campaign(campaign.pk)
    if published is None and not found.is_settled:
        return render(request, "organiser/result_pending.html", _pending(campaign, found, now=now))
    rows = _rows(found, rulebook)
    by_id = {row.id: row for row in rows}
    names = {body.code: Text(body.short_name, body.name_en) for body in rulebook.bodies}
    context = {
        "campaign": campaign,
        "rulebook": rulebook,
        "draft": found,
        "rows": rows,
        "lines": [_line(each, by_id, rulebook, typed or {}) for each in found.lines],
        "tallies": [(tally, names.get(tally.code, "")) for tally in found.outcome.tallies],
        "prizes": {prize.code for prize in found.outcome.prizes},
        "published": published,
        "awards": _given(published) if published else [],
        "organisation_awards": results.organisation_awards(published) if published else [],
        "ballots": inputs.committee_ballots(campaign.pk),
        "realised": [f"{weight * 100:.1f}" for weight in found.realised],
    }
    return render(request, "organiser/result_draft.html", context)


def _pending(campaign: Campaign, found: drafts.Draft, *, now: datetime) -> dict[str, Any]:
    """The works by their numbers; votes only as everybody may see them at this moment."""
    rulebook = campaigns.rulebook_of(campaign)
    shown = tallies.shown(campaign.pk, rule=rulebook.ballot, now=now)
    votes = shown.votes if shown is not None and now < rulebook.ballot.closes else {}
    known = entries.by_ids(UUID(work.id) for work in found.inputs.works)
    listed = sorted(known.values(), key=lambda entry: entry.number or 0)
    return {
        "campaign": campaign,
        "draft": found,
        "closes": rulebook.ballot.closes,
        "uses_jury": found.rules.uses_jury,
        "as_of": shown.as_of if votes and shown is not None else None,
        "works": [(one.number, entries.title_of(one), votes.get(one.pk)) for one in listed],
    }


def _given(published: Result) -> list[tuple[Award, str]]:
    """The awards that hold, with the works' titles."""
    given = results.awards(published)
    titles = entries.composed_titles(award.entry_id for award in given)
    return [(award, titles.get(award.entry_id, "")) for award in given]


def _rows(found: drafts.Draft, rulebook: Rulebook) -> list[Row]:
    names = {rung.key: rung.name for rung in rulebook.ladder}
    titles = entries.composed_titles(UUID(place.id) for place in found.outcome.places)
    return [
        _row(
            place,
            found.outcome.scores[place.id],
            title=titles.get(UUID(place.id), ""),
            level=names.get(found.outcome.levels.get(place.id, "")),
        )
        for place in found.outcome.places
    ]


def _row(place: Place, score: Score, *, title: str, level: Words | None) -> Row:
    return Row(
        id=place.id,
        title=title,
        rank=place.rank,
        level=level,
        votes=score.votes,
        vote_points=_figure(score.vote_points),
        jury=_figure(score.jury.score) if score.jury else "",
        jury_points=_figure(score.jury_points),
        total=_figure(score.total),
        by=TIES[place.by] if place.by and place.by != "total" else None,
        is_tied=bool(place.tied_with),
    )


def _line(
    line: cut_lines.CutLine, by_id: dict[str, Row], rulebook: Rulebook, typed: Mapping[str, str]
) -> Line:
    names = {rung.key: rung.name for rung in rulebook.ladder}
    near = [by_id[key] for key in line.near]
    over = min(cut_lines.NEIGHBOURS, line.cut.after)
    changes = [
        (
            change.juror,
            [by_id[key].title for key in change.falls],
            [by_id[key].title for key in change.rises],
        )
        for change in line.changes
    ]
    is_typed = any(f"place-{key}" in typed for key in line.tied)
    return Line(
        level=names[line.cut.key],
        below=names.get(line.cut.below),
        after=line.cut.after,
        margin=_figure(line.margin),
        over=near[:over],
        under=near[over:],
        tied=[
            Tied(by_id[key], typed.get(f"place-{key}", str(place)))
            for place, key in enumerate(line.tied, start=1)
        ],
        minutes=typed.get("minutes", "") if is_typed else "",
        changes=changes,
    )


def _figure(value: Fraction) -> str:
    """A figure for reading; what counts is the exact fraction."""
    return f"{float(value):.{DIGITS}f}"
