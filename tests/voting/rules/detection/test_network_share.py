"""One network that stands for too much of a work; what comes from everywhere does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paike.voting.rules.detection import network_share
from tests.factories import contests

pytestmark = pytest.mark.rules


def test_one_network_that_brings_many_ballots_is_tagged_whole() -> None:
    seen = contests.contest(contests.honest(), contests.added(60, network=5_000, length=400_000))
    found = {one.work: one for one in network_share.find(seen, ())}
    assert set(seen.columns.network[found[7].rows]) == {5_000}
    assert len(found[7].rows) == 60


def test_fewer_than_twenty_are_nothing() -> None:
    seen = contests.contest(contests.honest(), contests.added(15, network=5_000))
    assert network_share.find(seen, ()) == []


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_ballots_from_everywhere_are_none(seed: int) -> None:
    seen = contests.contest(contests.honest(2_000, seed=seed), contests.added(80, seed=seed + 1))
    assert network_share.find(seen, ()) == []
