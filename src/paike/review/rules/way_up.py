"""Which units a work passes on its way up, and where it waits next."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Station:
    """A unit on the road of an entry, the entrant's own first. The body is the last that counts."""

    unit_id: UUID
    has_clerk: bool
    is_body: bool


def stops(road: Sequence[Station]) -> list[Station]:
    """The stations where a work waits: those with a clerk, and the body in any case.

    What stands above the body (the national federation) is no stop on this road.
    """
    chosen: list[Station] = []
    for station in road:
        if station.is_body:
            return [*chosen, station]
        if station.has_clerk:
            chosen.append(station)
    return chosen


def first(road: Sequence[Station]) -> Station | None:
    """Where a work submitted for the first time waits; None on an empty road."""
    chosen = stops(road)
    return chosen[0] if chosen else None


def after(road: Sequence[Station], unit_id: UUID) -> Station | None:
    """The next stop above `unit_id`; None when `unit_id` is the last (or not on the road)."""
    places = [station.unit_id for station in road]
    if unit_id not in places:
        return None
    above = {station.unit_id for station in road[places.index(unit_id) + 1 :]}
    return next((station for station in stops(road) if station.unit_id in above), None)


def resumes_at(road: Sequence[Station], returned_by: UUID | None) -> Station | None:
    """Where a new version waits: at the unit that returned the work, else at the first stop."""
    back = next((station for station in road if station.unit_id == returned_by), None)
    return back or first(road)
