"""D8: a running count that is not the count, and distances that repeat."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paike.voting.rules.detection import arithmetic
from paike.voting.rules.detection.contest import Columns
from tests.factories import contests

pytestmark = pytest.mark.rules


def counted(columns: Columns) -> dict[int, int]:
    votes = np.bincount(columns.picks.ravel(), minlength=contests.WORKS)
    return {work: int(number) for work, number in enumerate(votes)}


@settings(max_examples=15, deadline=None)
@given(st.integers(0, contests.WORKS - 1), st.integers(1, 50))
def test_a_count_that_is_off_by_any_number_is_told(work: int, off: int) -> None:
    columns = contests.honest(500)
    right = counted(columns)
    assert arithmetic.find(contests.contest(columns, claimed=right), ()) == []
    wrong = right | {work: right[work] + off}
    (found,) = arithmetic.find(contests.contest(columns, claimed=wrong), ())
    assert found.figures["works_miscounted"] == 1
    assert found.work is None
    assert not len(found.rows)


def test_equal_distances_again_and_again() -> None:
    totals = {work: 1_000 + 137 * work for work in range(contests.WORKS)}
    (found,) = arithmetic.find(contests.contest(contests.honest(200), claimed=totals), ())
    assert found.figures["repeated_gap"] == 137
