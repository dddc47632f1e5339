"""Films and what was found in them, as the shared components show them."""

from collections.abc import Iterable
from uuid import UUID

from paike.media.models import Inspection, RenditionKind
from paike.media.queries import inspections, renditions
from paike.web.shared import media_links
from paike.web.shared.cards import Player, Source, VerdictLine


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
    )


def posters(film_ids: Iterable[UUID]) -> dict[UUID, str]:
    """film id -> address of its poster, empty while there is none; one query."""
    return {
        film_id: media_links.poster(made.get(RenditionKind.POSTER.value))
        for film_id, made in renditions.of(film_ids).items()
    }


def verdict_lines(inspection: Inspection) -> list[VerdictLine]:
    """The report, a line per rule; empty while the film is being inspected."""
    report = inspections.report_of(inspection)
    if report is None:
        return []
    return [
        VerdictLine(
            name=verdict.name,
            outcome=verdict.outcome.value,
            measured=verdict.measured,
            limit=verdict.limit,
            advice=verdict.advice if verdict.advice.zh else "",
        )
        for verdict in report.verdicts
    ]
