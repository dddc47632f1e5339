"""Two families, both about the same work: what is set aside, and what is left alone."""

import pytest

from paike.voting.rules.detection import registry, suspicion
from tests.voting.rules.detection import made

pytestmark = pytest.mark.rules
NOON = 2 * 86_400 + 7_200.0


def test_a_poster_at_the_gate_is_three_gatherings_and_no_suspicion() -> None:
    """One hour, one address, one link, but people like others: one family, so nothing is set aside."""
    poster = made.ballots(made.within(NOON, 3_600, 250), network=8_888, link=7_777)
    contest, _ = made.contest(poster)
    found = registry.find(contest)
    assert {one.family for one in found if one.work == made.TARGET} == {"gathering"}
    assert suspicion.of(contest, found) == []


def test_the_same_gathering_of_hasty_blind_ballots_is_set_aside() -> None:
    bought = made.ballots(
        made.within(NOON, 3_600, 250), network=8_888, link=7_777, blind=1, seen=12, watched=0
    )
    contest, kind = made.contest(bought)
    (one,) = suspicion.of(contest, registry.find(contest))
    assert one.work == made.TARGET
    assert (kind[one.rows] == made.ATTACK).mean() > 0.95
    assert (kind[one.rows] == made.ATTACK).sum() > 0.8 * 250
