from uuid import UUID, uuid4

import pytest

from paike.review.rules import way_up
from paike.review.rules.way_up import Station

pytestmark = pytest.mark.rules

BASE, DISTRICT, CITY, BODY, NATION = (uuid4() for _ in range(5))


def road(*with_clerk: UUID) -> list[Station]:
    return [
        Station(unit_id=unit, has_clerk=unit in with_clerk, is_body=unit == BODY)
        for unit in (BASE, DISTRICT, CITY, BODY, NATION)
    ]


def units(stations: list[Station]) -> list[UUID]:
    return [station.unit_id for station in stations]


def test_a_work_stops_where_there_is_a_clerk_and_at_the_body() -> None:
    assert units(way_up.stops(road(BASE, CITY, NATION))) == [BASE, CITY, BODY]


def test_the_body_is_a_stop_even_without_a_clerk() -> None:
    assert units(way_up.stops(road())) == [BODY]


def test_the_next_stop_skips_units_without_a_clerk() -> None:
    following = way_up.after(road(BASE, CITY), BASE)
    assert following is not None
    assert following.unit_id == CITY


def test_nothing_follows_the_body() -> None:
    assert way_up.after(road(BASE, NATION), BODY) is None


def test_a_unit_that_lost_its_clerk_still_has_a_next_stop() -> None:
    following = way_up.after(road(CITY), BASE)
    assert following is not None
    assert following.unit_id == CITY


def test_a_unit_off_the_road_has_no_next_stop() -> None:
    assert way_up.after(road(CITY), uuid4()) is None


def test_a_returned_work_comes_back_to_who_returned_it() -> None:
    stop = way_up.resumes_at(road(BASE, CITY), CITY)
    assert stop is not None
    assert stop.unit_id == CITY


def test_a_work_moved_to_another_unit_starts_at_the_first_stop_again() -> None:
    stop = way_up.resumes_at(road(BASE, CITY), uuid4())
    assert stop is not None
    assert stop.unit_id == BASE


def test_an_empty_road_has_no_stop() -> None:
    assert way_up.first([]) is None
