import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.awards.rules import blending, ladder, ranking
from paike.awards.rules.race import Rung
from tests.awards.rules.races import LADDER, rules, work

pytestmark = pytest.mark.rules

NOTICE = (
    Rung("special", 3),
    Rung("first", 10),
    Rung("second", 20),
    Rung("third", 30),
    Rung("excellent", 37),
)


def test_the_ladder_of_the_notice() -> None:
    order = [f"w{n}" for n in range(1, 101)]
    levels = ladder.allot(order, rungs=NOTICE)
    assert len(levels) == 100
    assert (levels["w3"], levels["w4"], levels["w63"], levels["w64"]) == (
        "special",
        "first",
        "third",
        "excellent",
    )
    assert [cut.after for cut in ladder.cuts(NOTICE, works=100)] == [3, 13, 33, 63]
    assert [cut.after for cut in ladder.cuts(NOTICE, works=105)] == [3, 13, 33, 63, 100]


def test_fewer_works_than_prizes() -> None:
    assert list(ladder.allot(["a", "b"], rungs=NOTICE).values()) == ["special", "special"]
    assert ladder.cuts(NOTICE, works=2) == []


def test_a_tie_across_a_cut_is_reported_and_one_inside_a_level_is_not() -> None:
    works = [work("a", 9, 90), work("b", 5, 50), work("c", 5, 50), work("d", 0, 10)]
    book = rules(ladder=(Rung("special", 2), Rung("first", 2)))
    places = ranking.rank(works, scores=blending.blend(works, rules=book), ties=book.ties)
    assert ladder.tied_across(places, rungs=book.ladder) == {"special": ("b", "c")}
    assert ladder.tied_across(places, rungs=LADDER) == {}


@given(st.lists(st.integers(), unique=True, max_size=30), st.data())
def test_refilling_keeps_the_published_order(works: list[int], data: st.DataObject) -> None:
    published = [str(each) for each in works]
    out = data.draw(st.sets(st.sampled_from(published))) if published else set()
    before = ladder.allot(published, rungs=LADDER)
    after = ladder.refill([[each] for each in published], out=out, rungs=LADDER)
    weight = {"special": 3, "first": 2, "second": 1}
    assert not set(after) & out
    for each in set(before) - out:
        assert weight[after[each]] >= weight[before[each]]
    assert len(after) == min(len(published) - len(out), 6)


def test_a_tie_moves_up_as_one() -> None:
    rungs = (Rung("special", 1), Rung("first", 2))
    published = [["a"], ["b", "c"], ["d"], ["e"]]
    after = ladder.refill(published, out={"a"}, rungs=rungs)
    assert after == {"b": "special", "c": "special", "d": "first"}
    assert ladder.refill(published, out={"b"}, rungs=rungs) == {
        "a": "special",
        "c": "first",
        "d": "first",
    }
