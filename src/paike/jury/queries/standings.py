"""What the jury says, from the sheets that count.

A sheet counts when it is complete and its juror has not stepped aside from the work. Sheets of a
juror who left, or who was late when the panel was closed, count as far as they are complete; a
missing sheet is missing, never zero.
"""

from collections.abc import Collection, Iterator
from fractions import Fraction
from uuid import UUID

from paike.entries.queries import race
from paike.jury.models import Panel, ScoreSheet
from paike.jury.queries import panels
from paike.jury.rules import scoring


def sheets(campaign_id: UUID) -> dict[UUID, dict[str, scoring.Tenths]]:
    """Work in the race -> seat (“J1”, “J2”, ... by number, no names) -> marks in the scheme's
    order."""
    found: dict[UUID, dict[str, scoring.Tenths]] = {
        entry: {} for entry in race.of_campaign(campaign_id).values_list("id", flat=True)
    }
    panel = panels.of_campaign(campaign_id)
    for seat, entry, marks in counted(panel, found.keys()) if panel else ():
        found[entry][juror_of(seat)] = marks
    return found


def counted(panel: Panel, entries: Collection[UUID]) -> Iterator[tuple[int, UUID, scoring.Tenths]]:
    """The sheets that count of some works: number of the seat, work, marks in the scheme's order."""
    criteria = panels.criteria_of(panel)
    recused = _recused(panel)
    for sheet in _sheets(panel):
        marks = {mark.criterion: mark.tenths for mark in sheet.marks.all()}
        complete = all(criterion in marks for criterion in criteria)
        if (
            complete
            and sheet.entry_id in entries
            and (sheet.seat_id, sheet.entry_id) not in recused
        ):
            yield sheet.seat.number, sheet.entry_id, tuple(marks[each] for each in criteria)


def juror_of(seat: int) -> str:
    """How figures call the juror in a seat."""
    return f"J{seat}"


def totals(campaign_id: UUID) -> dict[UUID, Fraction]:
    """Work -> jury score, for the works that have at least one sheet."""
    panel = panels.of_campaign(campaign_id)
    if panel is None:
        return {}
    rule = panels.scheme_of(panel)
    scheme = scoring.Scheme(rule.total, rule.trim)
    by_text = {str(entry): marks for entry, marks in sheets(campaign_id).items()}
    standings = scoring.standings(by_text, scheme=scheme)
    return {UUID(entry): standing.score for entry, standing in standings.items()}


def short_of_quorum(panel: Panel) -> dict[UUID, int]:
    """Works with fewer counted sheets than the quorum, and how many they have."""
    by_text = {str(entry): marks for entry, marks in sheets(panel.campaign_id).items()}
    short = scoring.short_of_quorum(by_text, quorum=panels.scheme_of(panel).quorum)
    return {UUID(entry): count for entry, count in short.items()}


def _sheets(panel: Panel) -> list[ScoreSheet]:
    found = ScoreSheet.objects.filter(seat__panel=panel)
    return list(found.select_related("seat").prefetch_related("marks"))


def _recused(panel: Panel) -> set[tuple[UUID, UUID]]:
    rows = panel.seats.filter(recusals__isnull=False)
    return set(rows.values_list("id", "recusals__entry_id"))
