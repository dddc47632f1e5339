"""Which pictures are decoded: all that are wanted, and no still or black stretch is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.media.adapters.sandbox import planning
from paike.media.adapters.sandbox.planning import Packet

RATE = 25


def packets(seconds: float, *, group: float = 10, size: int = 4000) -> list[Packet]:
    every = round(group * RATE)
    return [
        Packet(n / RATE, size * 5 if n % every == 0 else size, n % every == 0)
        for n in range(round(seconds * RATE))
    ]


@given(
    st.lists(st.floats(0, 59), max_size=20),
    st.sampled_from([0.5, 1.0, 2.0, 5.0, 10.0, 60.0]),
    st.floats(0, 12),
)
def test_every_wanted_moment_is_decoded(moments: list[float], group: float, opening: float) -> None:
    groups = planning.plan(packets(60, group=group), moments, opening=opening)
    for at in [*moments, *(n / 10 for n in range(int(opening * 10)))]:
        (home,) = [one for one in groups if one.start <= at < one.end]
        assert at <= home.until


def test_a_plain_film_is_left_out_for_the_most_part() -> None:
    groups = planning.plan(packets(60), [], opening=1.3)
    assert sum(one.until - one.start for one in groups) < 10


@pytest.mark.parametrize(("start", "end"), [(3, 6), (57, 60), (15, 31)])
def test_a_stretch_that_takes_no_bytes_is_seen_to_its_end(start: float, end: float) -> None:
    film = [
        Packet(one.at, 30 if start <= one.at < end and not one.key else one.size, one.key)
        for one in packets(60)
    ]
    assert [(run.start, run.end) for run in planning.quiet_runs(film)] == [(start, end)]
    groups = planning.plan(film, [], opening=0)
    (last,) = [one for one in groups if one.start < end <= one.end]
    assert last.until >= end


def test_a_cut_without_a_key_picture_is_seen() -> None:
    film = packets(60)
    film[300] = Packet(12.0, 19_000, False)
    (home,) = [one for one in planning.plan(film, [], opening=0) if one.start <= 12 < one.end]
    assert home.until > 12.3


def test_a_film_without_packets_has_a_plan() -> None:
    assert planning.plan([], [], opening=0)[0].whole
