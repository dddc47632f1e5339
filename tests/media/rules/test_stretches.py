"""From moments to stretches: every moment that holds is inside one, no other is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.media.rules import stretches
from paike.media.rules.measured import Stretch

pytestmark = pytest.mark.rules
FLAGS = st.lists(st.booleans(), min_size=1, max_size=60)
SPANS = st.lists(
    st.tuples(st.floats(0, 50), st.floats(0.1, 10)).map(lambda p: Stretch(p[0], p[0] + p[1])),
    max_size=12,
)


@given(FLAGS)
def test_a_moment_is_inside_exactly_when_it_holds(flags: list[bool]) -> None:
    found = stretches.where(enumerate(map(bool, flags)), end=float(len(flags)))
    for at, holds in enumerate(flags):
        assert holds == any(one.start <= at < one.end for one in found)


@given(FLAGS, st.integers(0, 30), st.integers(1, 30))
def test_nothing_holds_where_nobody_looked(flags: list[bool], start: int, count: int) -> None:
    gap = Stretch(float(start), float(start + count))
    seen = [(float(at), holds) for at, holds in enumerate(flags) if not gap.start < at < gap.end]
    for one in stretches.where(seen, end=float(len(flags)), skipped=[gap]):
        assert one.end <= gap.start + 0.01 or one.start >= gap.start


@given(SPANS, st.floats(0, 3))
def test_joining_loses_no_time_and_leaves_no_small_gap(spans: list[Stretch], gap: float) -> None:
    found = stretches.joined(spans, gap=gap)
    for one in spans:
        assert any(o.start <= one.start and one.end <= o.end for o in found)
    for one, other in pairwise(found):
        assert other.start - one.end > gap


@given(SPANS, st.floats(0.5, 4))
def test_pieces_cover_what_they_were_cut_from(spans: list[Stretch], longest: float) -> None:
    found = stretches.pieces(spans, longest=longest)
    assert stretches.total(found) == pytest.approx(stretches.total(spans))
    assert all(stretches.length(one) <= longest + 1e-9 for one in found)


def test_they_are_listed_as_people_read_them() -> None:
    spans = [Stretch(62.2, 65), Stretch(5, 8), Stretch(70, 71), Stretch(80, 81)]
    assert stretches.listed(spans) == "0:05–0:08, 1:02–1:05, 1:10–1:11 …"
