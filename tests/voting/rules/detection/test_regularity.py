"""D7: the beat of a clock is found, raindrops are not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paike.voting.rules.detection import regularity
from tests.factories import contests

pytestmark = pytest.mark.rules


@settings(max_examples=10, deadline=None)
@given(st.floats(0.5, 20), st.integers(0, 1_000))
def test_one_ballot_every_few_seconds_from_one_network(beat: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    some = contests.added(120, network=5_000)
    at = 100_000 + np.cumsum(np.full(120, beat) * rng.uniform(0.95, 1.05, 120))
    seen = contests.contest(contests.honest(1_000), replace(some, at=at))
    found = {one.work: one for one in regularity.find(seen, ())}
    assert (seen.columns.network[found[7].rows] == 5_000).mean() > 0.9


def test_a_factory_that_comes_out_meanwhile_is_not_tagged() -> None:
    """A clock that changes its network with every ballot, and two hundred people through one."""
    clock = contests.added(200)
    clock = replace(clock, at=100_000 + 10 * np.arange(200.0), network=clock.network + 3_000)
    factory = contests.added(200, start=100_000, length=2_000, network=9_000, seed=8)
    seen = contests.contest(contests.honest(1_000), clock, factory)
    found = {one.work: one for one in regularity.find(seen, ())}
    networks = seen.columns.network[found[7].rows]
    assert (networks >= 3_000).sum() > 150
    assert not (networks == 9_000).any()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_people_come_like_raindrops(seed: int) -> None:
    seen = contests.contest(contests.honest(2_000, seed=seed), contests.added(150, seed=seed + 1))
    assert regularity.find(seen, ()) == []
