from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.jury.rules import ranks, scoring

pytestmark = pytest.mark.rules

TRIM = ((5, 1), (11, 2))
sheets = st.dictionaries(
    st.sampled_from([f"j{n}" for n in range(13)]),
    st.tuples(st.integers(0, 400), st.integers(0, 300), st.integers(0, 300)),
    min_size=1,
)


def totals(*points: int) -> dict[str, scoring.Tenths]:
    return {f"j{index}": (10 * value,) for index, value in enumerate(points)}


def score(marks: dict[str, scoring.Tenths], total: str = "trimmed-mean") -> scoring.Standing:
    scheme = scoring.Scheme(total, TRIM)  # type: ignore[arg-type]  # given as text
    return scoring.standings({"w": marks}, scheme=scheme)["w"]


def test_nothing_is_dropped_below_five_sheets() -> None:
    assert score(totals(1, 2, 3, 94)).score == 25
    assert score(totals(1, 2, 3, 94)).dropped == 0


def test_one_at_each_end_from_five() -> None:
    assert score(totals(0, 80, 82, 84, 100)).score == 82


def test_two_at_each_end_from_eleven() -> None:
    assert score(totals(0, 0, 50, 50, 50, 50, 50, 50, 57, 100, 100)).score == 51


def test_plain_mean_drops_nothing() -> None:
    assert score(totals(0, 80, 82, 84, 100), "mean").score == Fraction(346, 5)


def test_median_and_first_criterion() -> None:
    marks: dict[str, scoring.Tenths] = {
        "a": (100, 200),
        "b": (105, 100),
        "c": (0, 0),
        "d": (300, 5),
    }
    standing = score(marks)
    assert standing.median == (Fraction(205, 10) + Fraction(30)) / 2
    assert standing.first_criterion == Fraction(505, 40)


def test_a_work_without_a_sheet_has_no_standing() -> None:
    assert scoring.standings({"w": {}}, scheme=scoring.Scheme("mean")) == {}


def test_quorum_names_the_works_that_lack_sheets() -> None:
    given_sheets = {"a": totals(1, 2, 3), "b": totals(1), "c": {}}
    assert scoring.short_of_quorum(given_sheets, quorum=3) == {"b": 1, "c": 0}


def test_head_to_head_counts_only_jurors_who_marked_both() -> None:
    left = {"a": (10,), "b": (30,), "c": (10,)}
    right = {"a": (20,), "b": (10,), "d": (90,)}
    assert scoring.preferences(left, right) == 0
    assert scoring.preferences({"a": (30,)}, right) == 1


@given(sheets)
def test_the_score_lies_between_the_extremes(marks: dict[str, scoring.Tenths]) -> None:
    standing = score(marks)
    every = [scoring.sheet_total(sheet) for sheet in marks.values()]
    assert min(every) <= standing.score <= max(every)
    assert isinstance(standing.score, Fraction)


@given(sheets, st.integers(1, 10))
def test_a_better_mark_never_lowers_the_score(marks: dict[str, scoring.Tenths], more: int) -> None:
    juror = min(marks)
    better = marks | {juror: (marks[juror][0] + more, *marks[juror][1:])}
    assert score(better).score >= score(marks).score


@given(sheets)
def test_the_order_of_sheets_says_nothing(marks: dict[str, scoring.Tenths]) -> None:
    assert score(dict(reversed(marks.items()))) == score(marks)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 5), min_size=1))
def test_percentile_points_average_fifty(values: dict[str, int]) -> None:
    points = ranks.percentile_points(values)
    assert sum(points.values()) == 50 * len(values)
    assert all(0 < point < 100 for point in points.values())
    for one in values:
        for other in values:
            assert (values[one] > values[other]) == (points[one] > points[other])


def test_rank_points_take_each_jurors_own_order() -> None:
    marks = {"x": {"strict": (10,), "mild": (900,)}, "y": {"strict": (20,), "mild": (910,)}}
    found = scoring.standings(marks, scheme=scoring.Scheme("rank-points"))
    assert found["x"].score == 25
    assert found["y"].score == 75
