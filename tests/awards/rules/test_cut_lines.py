import pytest
from hypothesis import given

from paike.awards.rules import blending, computation, cut_lines, ladder
from paike.awards.rules.race import Rung, Work
from tests.awards.rules.races import races, rules, work

pytestmark = pytest.mark.rules


def test_margin_and_one_jurors_weight_at_the_cut() -> None:
    works = [
        Work("a", 0, {"j1": (900,), "j2": (500,)}),
        Work("b", 0, {"j1": (100,), "j2": (600,)}),
        Work("c", 0, {"j1": (0,), "j2": (0,)}),
    ]
    book = rules(ladder=(Rung("special", 1), Rung("first", 2)))
    (line,) = cut_lines.examine(works, rules=book)
    assert line.cut == ladder.Cut("special", "first", 1)
    assert line.margin > 0
    assert line.near == ("a", "b", "c")
    assert line.changes == (cut_lines.WithoutJuror("j1", falls=("a",), rises=("b",)),)


@given(races(least=2, most=8))
def test_what_falls_is_replaced(works: list[Work]) -> None:
    for line in cut_lines.examine(works, rules=rules()):
        assert line.margin >= 0
        for change in line.changes:
            assert len(change.falls) == len(change.rises) > 0


def order(works: list[Work]) -> list[str]:
    outcome = computation.compute(computation.Inputs(tuple(works), {}), rules=rules())
    return [place.id for place in outcome.places]


@given(races(least=2, most=8))
def test_a_line_says_what_a_jury_without_one_of_them_would_have_given(works: list[Work]) -> None:
    usual, scores = order(works), blending.blend(works, rules=rules())
    jurors = {juror for work in works for juror in work.sheets}
    for line in cut_lines.examine(works, rules=rules()):
        after = line.cut.after
        last, first = scores[usual[after - 1]], scores[usual[after]]
        assert line.margin == last.total - first.total
        assert line.near == tuple(usual[max(after - 3, 0) : after + 3])
        expected = {}
        for juror in jurors:
            others = [
                Work(w.id, w.votes, {j: s for j, s in w.sheets.items() if j != juror})
                for w in works
            ]
            gone = set(usual[:after]) - set(order(others)[:after])
            if gone:
                expected[juror] = gone
        assert {change.juror: set(change.falls) for change in line.changes} == expected


def test_an_unbroken_tie_across_a_line_is_named_until_the_committee_has_voted() -> None:
    works = [work(name, 1, 80) for name in "abc"]
    book = rules(ladder=(Rung("special", 1), Rung("first", 2)))
    (line,) = cut_lines.examine(works, rules=book)
    assert line.margin == 0
    assert set(line.tied) == {"a", "b", "c"}
    (line,) = cut_lines.examine(works, rules=book, committee=[["c", "a", "b"]])
    assert (line.tied, line.near[0]) == ((), "c")
