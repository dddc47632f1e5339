"""The units an entry passes, from the rows of the organisation tree and its clerks."""

from paike.entries.models import Entry, Route
from paike.orgs.models import Level, Organisation
from paike.orgs.queries import memberships, organisations
from paike.review.rules import way_up
from paike.review.rules.way_up import Station


def units_of(entry: Entry) -> list[Organisation]:
    """The units that may decide about an entry, the first one first."""
    if entry.route == Route.INDIVIDUAL:
        desk = organisations.undertaker()
        return [desk] if desk is not None else []
    return organisations.road_of(entry.unit) if entry.unit is not None else []


def stations_of(entry: Entry) -> list[Station]:
    """The road as the rules read it: on the individual route the undertaker is its only stop."""
    units = units_of(entry)
    if entry.route == Route.INDIVIDUAL:
        return [Station(unit_id=unit.pk, has_clerk=True, is_body=True) for unit in units]
    return [
        Station(
            unit_id=unit.pk,
            has_clerk=memberships.has_clerk(organisation=unit),
            is_body=unit.level == Level.BODY,
        )
        for unit in units
    ]


def stops_of(entry: Entry) -> list[Organisation]:
    """The units where the entry waits or has to wait, in order."""
    by_id = {unit.pk: unit for unit in units_of(entry)}
    return [by_id[stop.unit_id] for stop in way_up.stops(stations_of(entry))]
