"""D3: accounts that vote one after the other for the same works, day after day."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paike.voting.rules.detection import lockstep
from paike.voting.rules.detection.contest import Columns
from tests.factories import contests

pytestmark = pytest.mark.rules


def ring(accounts: int, days: int, *, hour: float = 50_000.0) -> list[Columns]:
    """The same accounts every day within five minutes, with one list a day."""
    parts = []
    for day in range(days):
        part = contests.added(accounts, start=day * 86_400 + hour, length=300, seed=day)
        part.picks[:] = part.picks[0]
        parts.append(replace(part, voter=np.arange(accounts, dtype=np.int32) + 1_000_000))
    return parts


def test_a_ring_of_fifteen_over_four_days() -> None:
    seen = contests.contest(contests.honest(), *ring(15, 4))
    found = {one.work: one for one in lockstep.find(seen, ())}
    assert (seen.columns.voter[found[7].rows] >= 1_000_000).all()
    assert len(found[7].rows) == 60


@pytest.mark.parametrize(("accounts", "days"), [(8, 5), (30, 2)])
def test_too_few_accounts_or_days_are_none(accounts: int, days: int) -> None:
    assert lockstep.find(contests.contest(contests.honest(), *ring(accounts, days)), ()) == []


@settings(max_examples=10, deadline=None)
@given(st.integers(12, 40), st.integers(3, 7), st.floats(0, 80_000))
def test_every_ring_is_found_whenever_it_meets(accounts: int, days: int, hour: float) -> None:
    seen = contests.contest(contests.honest(500), *ring(accounts, days, hour=hour))
    assert 7 in {one.work for one in lockstep.find(seen, ())}
