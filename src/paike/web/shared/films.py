"""Films and what was found in them, as the shared components show them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID

from paike.entries.models import Version
from paike.media.models import Inspection, RenditionKind
from paike.media.queries import (
    captions,
    conversions,
    examinations,
    inspections,
    renditions,
    storyboards,
)
from paike.media.queries.storyboards import Storyboard
from paike.media.rules.checks.titles import judging as titles
from paike.media.rules.measured import Declared
from paike.media.rules.report import Outcome, Verdict
from paike.media.rules.word_search import Line
from paike.review.queries import likeness_verdicts
from paike.web.shared import media_links
from paike.web.shared.cards import Board, Evidence, Moment, Player, Source, Still, VerdictLine

NAMES = re.compile(r"[、，,;；/\s]+")
PLACES = 5
MOMENTS = 3  # of a card
BARS = "letterbox"


def player(*, film_id: UUID, title: str) -> Player:
    """The player of a film: the larger copy first. No sources while they are being made."""
    made = renditions.of([film_id])[film_id]
    sources = [
        Source(url=media_links.film(made[kind]), height=made[kind].height, size=made[kind].size)
        for kind in (RenditionKind.FILM_576.value, RenditionKind.FILM_360.value)
        if kind in made and made[kind].key
    ]
    return Player(
        title=title,
        sources=sources,
        poster=media_links.poster(made.get(RenditionKind.POSTER.value)),
        captions=media_links.captions(captions.of_film(film_id)),
        board=board(storyboards.of_film(film_id)),
    )


def board(found: Storyboard | None) -> Board | None:
    """The small pictures of a film as a player shows them."""
    if found is None:
        return None
    return Board(media_links.poster(found.picture), media_links.thumbnails(found))


def posters(film_ids: Iterable[UUID]) -> dict[UUID, str]:
    """film id -> address of its poster, empty while there is none; one query."""
    return {
        film_id: media_links.poster(made.get(RenditionKind.POSTER.value))
        for film_id, made in renditions.of(film_ids).items()
    }


def poster_choices(film_id: UUID) -> list[tuple[UUID, str]]:
    """Id and address of the poster and of the others it may be, the present one first; empty where
    there is nothing to choose."""
    found = renditions.posters(film_id)
    return [(row.pk, media_links.poster(row)) for row in found] if len(found) > 1 else []


def version_lines(version: Version, *, beside: str = "") -> list[VerdictLine]:
    """The report on a submitted version, with its likeness to earlier works once that is known.
    `beside`: where both films are shown, for those who may see the other."""
    lines = verdict_lines(version.inspection, declared_in(version.snapshot))
    likeness = likeness_verdicts.of(version) if lines else None
    if likeness is None:
        return lines
    seen = _stills(_evidence(likeness), storyboards.of_film(version.film_id))
    return [*lines, replace(_line(likeness), more=beside, evidence=seen)]


def moments(lines: Iterable[Line], *, url: str) -> list[Moment]:
    """The first places in a film where something is said, as links to the page at `url`."""
    return [
        Moment(one.at / 1000, one.words, f"{url}?t={one.at / 1000:.1f}")
        for one in islice(lines, MOMENTS)
    ]


def verdict_lines(inspection: Inspection, declared: Declared | None = None) -> list[VerdictLine]:
    """The report, a line per rule: the gate's, and the full inspection's once it is there; empty
    while the gate is at work. With what is `declared`, the opening titles are compared anew."""
    seen = examinations.report_of(examinations.of(inspection.pk))
    report = seen or inspections.report_of(inspection)
    if report is None:
        return []
    verdicts = titles.compared(report, declared) if declared else report.verdicts
    ours = _our_bars(inspection, verdicts)
    return [_line(verdict) for verdict in verdicts if not (ours and verdict.rule == BARS)]


def _our_bars(inspection: Inspection, verdicts: Iterable[Verdict]) -> bool:
    """Whether the black bars that are told of are those of a conversion: nobody is to mend them."""
    told = any(one.rule == BARS and one.outcome is not Outcome.PASS for one in verdicts)
    conversion = conversions.made(inspection.film_id) if told else None
    return conversion is not None and bool(conversion.facts.get("letterboxed"))


def is_looked_at(inspection: Inspection) -> bool:
    """Whether the full inspection is still to come: the report will grow."""
    found = examinations.of(inspection.pk)
    return found is not None and not (found.finished_at or found.fault)


def declared(*, title: str, credit: str, credit_kind: str) -> Declared:
    """What the form says stands in the opening."""
    if credit_kind == "crew":
        return Declared(title=title, unit=credit)
    return Declared(title=title, authors=tuple(filter(None, NAMES.split(credit))))


def declared_in(snapshot: Mapping[str, Any]) -> Declared:
    """What a submitted version says stands in the opening."""
    return declared(
        title=str(snapshot.get("title", "")),
        credit=str(snapshot.get("credit", "")),
        credit_kind=str(snapshot.get("credit_kind", "")),
    )


def _line(verdict: Verdict) -> VerdictLine:
    return VerdictLine(
        name=verdict.name,
        outcome=verdict.outcome.value,
        measured=verdict.measured,
        limit=verdict.limit,
        advice=verdict.advice if verdict.advice.zh else "",
        evidence=_evidence(verdict),
    )


def _stills(places: list[Evidence], found: Storyboard | None) -> list[Evidence]:
    """The places with a small picture each, of a film that has them: a comparison of films has taken
    no pictures of its own."""
    if found is None:
        return places
    picture, url = found.picture, media_links.poster(found.picture)
    shown = []
    for one in places:
        part = found.part_at(round(one.second * 1000))
        box = f"{part.left} {part.top} {part.width} {part.height}"
        shown.append(replace(one, still=Still(url, picture.width, picture.height, box)))
    return shown


def _evidence(verdict: Verdict) -> list[Evidence]:
    """Pictures where there are some, else the places alone: a player jumps to either."""
    if verdict.sights:
        shown = [
            Evidence(one.at / 1000, media_links.evidence(one.picture)) for one in verdict.sights
        ]
        return sorted(shown, key=lambda one: one.second)
    places = verdict.spans[:PLACES] if verdict.outcome is not Outcome.PASS else ()
    return sorted((Evidence(one.start / 1000) for one in places), key=lambda one: one.second)
