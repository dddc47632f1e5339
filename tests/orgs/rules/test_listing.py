"""Lists of units: whatever bytes come, rows or faults come out, and a listed tree fits itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.orgs.rules import grafting, levels, listing

pytestmark = pytest.mark.rules
HEADER = "上级代码,代码,名称,简称,级别"
KNOWN = {"GD": grafting.Known("ORGANISER", "广东省总工会", "广东省总工会", "", "body")}


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    read = listing.read(data)
    assert read.faults or not read.rows


@given(st.text(max_size=120))
def test_no_text_below_the_header_breaks_it(text: str) -> None:
    data = f"{HEADER}\n{text}".encode("utf-8", errors="replace")
    read = listing.read(data)
    lines = data.decode("utf-8").count("\n") + data.decode("utf-8").count("\r") + 1
    assert all(1 <= fault.line <= lines for fault in read.faults)


@given(st.lists(st.integers(0, 8), min_size=1, max_size=9), st.sampled_from(["utf-8", "gbk"]))
def test_a_tree_of_grass_roots_is_planted_whole_in_any_order(
    parents: list[int], encoding: str
) -> None:
    rows = [
        f"{'GD' if above >= number else f'U-{above}'},U-{number},第{number}工会,,基层"
        for number, above in enumerate(parents)
    ]
    read = listing.read("\n".join([HEADER, *reversed(rows)]).encode(encoding))
    plan = grafting.plan(read.rows, KNOWN, permitted=None)
    assert (read.faults, plan.faults) == ((), ())
    assert len(plan.new) == len(parents)
    grown = KNOWN | {
        row.code: grafting.Known(row.parent, row.name, row.short_name, row.name_en, row.level)
        for row in plan.new
    }
    again = grafting.plan(read.rows, grown, permitted=None)
    assert (again.new, again.changed, again.faults) == ((), (), ())


@given(st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_whoever_stands_in_a_circle_is_told(parents: list[int]) -> None:
    rows = [
        listing.Row(number + 2, f"U-{above}", f"U-{number}", f"第{number}工会", "", "grassroots")
        for number, above in enumerate(parents)
    ]
    plan = grafting.plan(rows, KNOWN, permitted=None)
    # Six units that all stand under one another: nobody leads out of the list.
    assert {fault.line for fault in plan.faults if fault.column.en == "parent"} == set(range(2, 8))


def test_levels_stand_under_higher_ones_only() -> None:
    assert levels.may_stand_under("body", "national")
    assert levels.may_stand_under("grassroots", "body")
    assert levels.may_stand_under("grassroots", "grassroots")
    assert not levels.may_stand_under("city", "district")
    assert not levels.may_stand_under("body", "body")
    assert not levels.may_stand_under("city", None)
