"""What the jurors' piles were committed to."""

from uuid import UUID

from paike.entries.queries import race
from paike.jury.models import Commitment, Panel
from paike.jury.queries import panels, standings
from paike.jury.rules.commitments import Pile
from paike.jury.rules.scoring import Tenths


def latest(campaign_id: UUID) -> list[Commitment]:
    """The last commitment of every seat that has one, in the order of the seats."""
    found = Commitment.objects.filter(seat__panel__campaign_id=campaign_id).select_related("seat")
    return list(found.order_by("seat__number", "-id").distinct("seat__number"))


def pile_of(commitment: Commitment) -> Pile:
    """What was committed to."""
    marks = {int(work): tuple(tenths) for work, tenths in commitment.marks.items()}
    return Pile(commitment.seat.number, tuple(commitment.criteria), marks)


def countable(panel: Panel) -> dict[int, Pile]:
    """Number of the seat -> the sheets of it that would count now."""
    criteria = panels.criteria_of(panel)
    seats = panel.seats.order_by("number").values_list("number", flat=True)
    marks: dict[int, dict[int, Tenths]] = {seat: {} for seat in seats}
    numbered = race.of_campaign(panel.campaign_id).values_list("id", "number")
    numbers = {entry: number for entry, number in numbered if number is not None}
    for seat, entry, tenths in standings.counted(panel, numbers):
        marks[seat][numbers[entry]] = tenths
    return {seat: Pile(seat, criteria, piled) for seat, piled in marks.items()}
