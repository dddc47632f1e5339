import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.awards.rules import organisation_prizes
from tests.awards.rules.races import LADDER

pytestmark = pytest.mark.rules


def test_points_by_hand() -> None:
    recommended = {"GD": ["a", "b", "c"], "BJ": ["d", "e", "f", "g"], "SH": ["h"]}
    levels = {"a": "special", "b": "second", "d": "first", "h": "second"}
    tallies = organisation_prizes.tally(recommended, levels=levels, rungs=LADDER)
    assert [(each.code, each.points) for each in tallies] == [("GD", 7), ("BJ", 6), ("SH", 2)]
    assert [prize.code for prize in organisation_prizes.allot(tallies, count=2)] == ["GD", "BJ"]


def test_equal_points_awarded_then_recommended() -> None:
    recommended = {"C": ["c1", "c2", "c3", "c4"], "B": ["b1", "b2"], "A": ["a1", "a2"]}
    levels = {"c1": "second", "b1": "special", "a1": "first", "a2": "second"}
    tallies = organisation_prizes.tally(recommended, levels=levels, rungs=LADDER)
    assert {each.points for each in tallies} == {5}
    assert [each.code for each in tallies] == ["A", "C", "B"]


@given(st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 5), min_size=1), st.integers(0, 6))
def test_nobody_gets_a_prize_for_nothing(counts: dict[str, int], prizes: int) -> None:
    recommended = {code: [f"{code}{n}" for n in range(count)] for code, count in counts.items()}
    tallies = organisation_prizes.tally(recommended, levels={}, rungs=LADDER)
    found = organisation_prizes.allot(tallies, count=prizes)
    assert all(prize.points > 0 for prize in found)
    assert [prize.rank for prize in found] == sorted(prize.rank for prize in found)


def test_equal_bodies_share_the_rank_and_the_last_prize() -> None:
    recommended = {"BJ": ["b1"], "GD": ["g1"], "SH": ["s1", "s2"], "XZ": ["x1"]}
    tallies = organisation_prizes.tally(recommended, levels={}, rungs=LADDER)
    found = organisation_prizes.allot(tallies, count=2)
    assert [(prize.code, prize.rank) for prize in found] == [
        ("SH", 1),
        ("BJ", 2),
        ("GD", 2),
        ("XZ", 2),
    ]
    assert [prize.code for prize in organisation_prizes.allot(tallies, count=1)] == ["SH"]
