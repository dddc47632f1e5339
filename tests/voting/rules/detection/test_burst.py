"""D1: a burst is found where it is, is explained by a window, and needs more than the usual."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paike.voting.rules.detection import burst
from paike.voting.rules.detection.contest import Window
from tests.factories import contests

pytestmark = pytest.mark.rules


def test_a_hundred_ballots_in_an_hour_are_a_burst() -> None:
    seen = contests.contest(contests.honest(), contests.added(150))
    found = {one.work: one for one in burst.find(seen, ())}[7]
    assert (seen.columns.voter[found.rows] >= 1_000_000).mean() > 0.9


def test_a_declared_window_explains_it() -> None:
    window = Window(7, 190_000, 210_000)
    seen = contests.contest(contests.honest(), contests.added(150), windows=(window,))
    found = {one.work: one for one in burst.find(seen, ())}[7]
    assert not len(found.rows)
    assert found.explained >= 140


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_quiet_contests_have_none(seed: int) -> None:
    assert burst.find(contests.contest(contests.honest(2_000, seed=seed)), ()) == []


@settings(max_examples=15, deadline=None)
@given(st.integers(0, contests.WORKS - 1), st.floats(0, 500_000))
def test_only_ballots_of_the_work_are_tagged(work: int, start: float) -> None:
    seen = contests.contest(contests.honest(2_000), contests.added(200, work=work, start=start))
    found = burst.find(seen, ())
    assert work in {one.work for one in found}
    for one in found:
        assert np.isin(one.rows, seen.rows_of(one.work or 0)).all()
