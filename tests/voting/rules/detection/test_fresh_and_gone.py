"""D4: haste among a gathering's surplus; a house whose people are calm is cleared."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paike.voting.rules.detection import fresh_and_gone, traits
from tests.factories import contests

pytestmark = pytest.mark.rules


def test_a_surge_that_is_all_haste_is_tagged_and_only_its_hasty_ballots() -> None:
    seen = contests.contest(contests.honest(), contests.added(150, hasty=0.95))
    found = {one.work: one for one in fresh_and_gone.find(seen, ())}
    assert seen.fresh[found[7].rows].all()
    assert (seen.columns.voter[found[7].rows] >= 1_000_000).sum() > 120


def test_a_surge_with_the_haste_of_a_poster_is_not() -> None:
    seen = contests.contest(contests.honest(), contests.added(150, hasty=0.4))
    assert fresh_and_gone.find(seen, ()) == []


def test_a_factory_is_a_house_and_a_script_is_not() -> None:
    factory = contests.added(200, network=5_000, hasty=0.4, seed=3)
    script = contests.added(200, work=9, network=5_001, hasty=1.0, seed=4)
    seen = contests.contest(contests.honest(), factory, script)
    house = traits.houses(seen)
    assert house[seen.columns.network == 5_000].all()
    assert not house[seen.columns.network == 5_001].any()


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.3, 1.0))
def test_what_is_tagged_is_hasty(seed: int, hasty: float) -> None:
    seen = contests.contest(contests.honest(2_000), contests.added(120, seed=seed, hasty=hasty))
    for one in fresh_and_gone.find(seen, ()):
        assert seen.fresh[one.rows].all()
        assert np.isin(one.rows, seen.rows_of(one.work or 0)).all()
