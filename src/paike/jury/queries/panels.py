"""Panels and how far they have come."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from paike.campaigns.rules.rulebook import JuryRule
from paike.entries.queries import race
from paike.jury.models import Panel, Recusal, ScoreSheet, Seat
from paike.jury.rules import sheets


def of_campaign(campaign_id: UUID) -> Panel | None:
    return Panel.objects.filter(campaign_id=campaign_id).select_related("campaign").first()


def by_id(panel_id: UUID) -> Panel | None:
    return Panel.objects.filter(pk=panel_id).select_related("campaign").first()


def scheme_of(panel: Panel) -> JuryRule:
    """The rulebook's jury part as it was when the panel was made."""
    return JuryRule.model_validate(panel.scheme)


def criteria_of(panel: Panel) -> tuple[str, ...]:
    return tuple(criterion.key for criterion in scheme_of(panel).criteria)


@dataclass(frozen=True)
class SeatProgress:
    """A seat and how many of its sheets are complete."""

    seat: Seat
    progress: sheets.Progress


def progress(panel: Panel) -> list[SeatProgress]:
    """Every seat of the panel, in order, with its progress."""
    entry_ids = list(race.of_campaign(panel.campaign_id).values_list("id", flat=True))
    criteria = criteria_of(panel)
    sheet_rows = ScoreSheet.objects.prefetch_related("marks")
    seats = panel.seats.order_by("number").prefetch_related(
        Prefetch("sheets", queryset=sheet_rows),
        Prefetch("recusals", queryset=Recusal.objects.all()),
    )
    return [SeatProgress(seat, _progress(seat, entry_ids, criteria)) for seat in seats]


def _progress(seat: Seat, entry_ids: list[UUID], criteria: tuple[str, ...]) -> sheets.Progress:
    states = states_of(seat, criteria=criteria)
    recused = {recusal.entry_id for recusal in seat.recusals.all()}
    nothing = sheets.State.TODO
    return sheets.progress(
        [
            sheets.State.RECUSED if entry in recused else states.get(entry, nothing)
            for entry in entry_ids
        ]
    )


def states_of(seat: Seat, *, criteria: tuple[str, ...]) -> dict[UUID, sheets.State]:
    """Entry -> state, for the works the seat has a sheet for or stepped aside from."""
    recused = {recusal.entry_id for recusal in seat.recusals.all()}
    found = {
        sheet.entry_id: sheets.state(
            {mark.criterion: mark.tenths for mark in sheet.marks.all()},
            criteria=criteria,
            recused=sheet.entry_id in recused,
            later=sheet.later_at is not None,
        )
        for sheet in seat.sheets.all()
    }
    return found | dict.fromkeys(recused, sheets.State.RECUSED)
