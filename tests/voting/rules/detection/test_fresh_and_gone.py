"""D4: haste among a gathering's surplus; a house whose people are calm is cleared."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paike.voting.rules.detection import fresh_and_gone, registry, suspicion, traits
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


def test_a_script_that_claims_to_be_calm_is_no_house_and_is_found() -> None:
    """What a browser says of its visitor is the attacker's word; what stands on the ballots is not."""
    anyhow = contests.added(200, work=9, network=5_001, hasty=0.0, blind=True, seed=4)
    one_list = contests.added(200, work=11, network=5_002, hasty=0.0, seed=6)
    one_list = replace(one_list, picks=np.repeat(one_list.picks[:1], 200, axis=0))
    for script in (anyhow, one_list):
        seen = contests.contest(contests.honest(), contests.added(200, network=5_000), script)
        house = traits.houses(seen)
        liars = seen.columns.network == script.network[0]
        assert house[seen.columns.network == 5_000].all()
        assert not house[liars].any()
        taken = np.concatenate([one.rows for one in suspicion.of(seen, registry.find(seen))])
        assert np.isin(np.nonzero(liars)[0], taken).mean() > 0.6


def test_where_ballots_name_one_work_a_house_is_told_by_its_calm_alone() -> None:
    factory = contests.added(200, network=5_000, hasty=0.4, seed=3)
    parts = [replace(part, picks=part.picks[:, :1]) for part in (contests.honest(), factory)]
    parts[1] = replace(parts[1], picks=np.full((200, 1), 7, dtype=np.int16))
    seen = contests.contest(*parts)
    assert traits.houses(seen)[seen.columns.network == 5_000].all()


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.3, 1.0))
def test_what_is_tagged_is_hasty(seed: int, hasty: float) -> None:
    seen = contests.contest(contests.honest(2_000), contests.added(120, seed=seed, hasty=hasty))
    for one in fresh_and_gone.find(seen, ()):
        assert seen.fresh[one.rows].all()
        assert np.isin(one.rows, seen.rows_of(one.work or 0)).all()
