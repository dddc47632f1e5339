"""D2: the same set again and again, and a small crowd that is hasty and blind at once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paike.voting.rules.detection import fillers
from tests.factories import contests

pytestmark = pytest.mark.rules


def test_the_very_same_works_again_and_again() -> None:
    some = contests.added(60, blind=True, length=500_000, start=0)
    some.picks[:] = (7, 34, 41, 52, 57)
    seen = contests.contest(contests.honest(), some)
    found = {one.work: one for one in fillers.find(seen, ())}
    assert found[7].figures["same_sets"] == 1
    assert (seen.columns.voter[found[7].rows] >= 1_000_000).sum() == 60


def test_a_small_crowd_that_is_hasty_and_blind() -> None:
    crowd = contests.added(80, work=5, length=20_000, hasty=1.0, blind=True)
    seen = contests.contest(contests.honest(8_000), crowd)
    found = {one.work: one for one in fillers.find(seen, ())}
    bought = seen.columns.voter[found[5].rows] >= 1_000_000
    assert bought.mean() > 0.5
    assert "both_times_usual" in found[5].figures


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_quiet_contests_have_none(seed: int) -> None:
    assert fillers.find(contests.contest(contests.honest(3_000, seed=seed)), ()) == []


def test_ballots_with_one_work_say_nothing_about_choice() -> None:
    one = contests.honest(500)
    lone = contests.contest(type(one)(**{**vars(one), "picks": one.picks[:, :1]}))
    assert fillers.find(lone, ()) == []
    assert np.all(lone.columns.picks >= 0)
