"""The result as it stands: cut lines first, then every work."""

from dataclasses import dataclass
from fractions import Fraction
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
class Line:
    """A cut line with its neighbours. `tied`: works the committee must order."""

    above: Words
    below: Words | None
    after: int
    margin: str
    rows: list[Row]
    tied: list[Row]
    changes: list[tuple[str, list[str], list[str]]]  # juror, falls, rises


@require_safe
@never_cache
@gate.open_to(gate.strong)
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    return render_draft(request, jury_panels.organised(request, slug))


def render_draft(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """The draft's page, or the published result's for the organiser."""
    rulebook = campaigns.rulebook_of(campaign)
    found = drafts.of_campaign(campaign, now=clock.now())
    rows = _rows(found, rulebook)
    by_id = {row.id: row for row in rows}
    published = results.of_campaign(campaign.pk)
    names = {body.code: body.short_name for body in rulebook.bodies}
    context = {
        "campaign": campaign,
        "rulebook": rulebook,
        "draft": found,
        "rows": rows,
        "lines": [_line(each, by_id, rulebook) for each in found.lines],
        "tallies": [(tally, names.get(tally.code, "")) for tally in found.outcome.tallies],
        "prizes": {prize.code for prize in found.outcome.prizes},
        "published": published,
        "awards": _given(published) if published else [],
        "organisation_awards": results.organisation_awards(published) if published else [],
        "ballots": inputs.committee_ballots(campaign.pk),
        "realised": [f"{weight * 100:.1f}" for weight in found.realised],
    }
    return render(request, "organiser/result_draft.html", context)


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


def _line(line: cut_lines.CutLine, by_id: dict[str, Row], rulebook: Rulebook) -> Line:
    names = {rung.key: rung.name for rung in rulebook.ladder}
    return Line(
        above=names[line.cut.key],
        below=names.get(line.cut.below),
        after=line.cut.after,
        margin=_figure(line.margin),
        rows=[by_id[key] for key in line.near],
        tied=[by_id[key] for key in line.tied],
        changes=[
            (
                change.juror,
                [by_id[k].title for k in change.falls],
                [by_id[k].title for k in change.rises],
            )
            for change in line.changes
        ],
    )


def _figure(value: Fraction) -> str:
    """A figure for reading; what counts is the exact fraction."""
    return f"{float(value):.{DIGITS}f}"
