"""Subtitles and the speech they stand under."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.media.rules import speaking
from paike.media.rules.measured import Line, Stretch, Words

pytestmark = pytest.mark.rules


def line(start: float, end: float, text: str) -> Line:
    return Line(start, end, text, 0.9)


def test_a_line_seen_once_is_taken_to_stand_for_its_part_of_the_speech() -> None:
    parts = speaking.pieces([Stretch(1, 3), Stretch(5, 7.4)])
    words = Words(subtitles=(line(1.4, 1.6, "一"), line(5.4, 5.6, "二")))
    found = speaking.fitted(words, parts, speaking.moments(parts, ())).subtitles
    assert [(one.start, one.end, one.text) for one in found] == [(1, 3, "一"), (5, 7.4, "二")]


def test_lines_never_overlap() -> None:
    parts = speaking.pieces([Stretch(0, 10)])
    words = Words(subtitles=tuple(line(at, at + 0.3, str(at)) for at in (0.4, 2.9, 3.1, 5.4, 7.9)))
    found = speaking.fitted(words, parts, speaking.moments(parts, ())).subtitles
    for one, other in pairwise(found):
        assert one.start <= one.end <= other.start + 1e-9


def test_short_calls_are_no_speech() -> None:
    assert speaking.pieces([Stretch(1, 1.4)]) == ()


def test_a_part_is_looked_at_soon_or_where_a_key_picture_makes_it_cheap() -> None:
    parts = (Stretch(1, 3), Stretch(5, 7), Stretch(9, 11), Stretch(20, 20.6))
    assert speaking.moments(parts, [0, 5.2, 10, 10.9]) == (1.5, 5.5, 10, 20.3)


@given(
    st.lists(st.tuples(st.floats(0, 90), st.floats(0.6, 9)), max_size=12),
    st.lists(st.floats(0, 90), max_size=30),
)
def test_every_part_is_looked_at_while_it_lasts(
    spoken: list[tuple[float, float]], keys: list[float]
) -> None:
    parts = speaking.pieces([Stretch(start, start + length) for start, length in spoken])
    for part, at in zip(parts, speaking.moments(parts, sorted(keys)), strict=True):
        assert part.start <= at <= part.end
