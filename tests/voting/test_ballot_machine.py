"""Ballots against a small model: whatever is tried in whatever order, the same is counted."""

from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from paike.voting.actions import ballots
from paike.voting.models import Ballot
from paike.voting.queries import tallies
from tests.factories import accounts, race

WORKS, VOTERS = 7, 3


class Votes(RuleBasedStateMachine):
    """Three voters, seven works, ballots of five; time goes on, works leave, taps repeat."""

    @initialize()
    def open_the_vote(self) -> None:
        self.call = race.campaign(slug=f"call-{uuid4().hex[:12]}")
        self.works = race.shortlist(self.call, works=WORKS)
        self.voters = [accounts.account() for _ in range(VOTERS)]
        self.now = race.NOW
        self.out: set[int] = set()
        self.model: dict[tuple[int, int], tuple[int, ...]] = {}  # voter and day -> works
        self.keys: dict[tuple[int, UUID], str] = {}  # voter and key -> receipt

    @rule(
        voter=st.integers(0, VOTERS - 1),
        picks=st.lists(st.integers(0, WORKS - 1), min_size=4, max_size=6),
        retry=st.booleans(),
    )
    def cast(self, voter: int, picks: list[int], retry: bool) -> None:
        known = [key for who, key in self.keys if who == voter]
        key = known[-1] if retry and known else uuid4()
        day = (self.now - race.NOW).days
        valid = len(picks) == len(set(picks)) == 5 and not self.out & set(picks)
        try:
            ballot = ballots.cast(
                campaign_id=self.call.pk,
                voter=self.voters[voter],
                entry_ids=[self.works[pick].pk for pick in picks],
                key=key,
                now=self.now,
            )
        except ballots.AlreadyVoted:
            assert (voter, day) in self.model
        except ballots.Invalid:
            assert not valid
        else:
            if (voter, key) in self.keys:
                assert self.keys[voter, key] == ballot.receipt
                return
            assert valid
            assert (voter, day) not in self.model
            self.model[voter, day] = tuple(picks)
            self.keys[voter, key] = ballot.receipt

    @rule()
    def sleep(self) -> None:
        if self.now < race.NOW + timedelta(days=3):
            self.now += timedelta(days=1)

    @rule(work=st.integers(0, WORKS - 1))
    def leave(self, work: int) -> None:
        if work not in self.out and len(self.out) < 2:
            self.out.add(work)
            race.withdraw(self.works[work])

    @invariant()
    def counts_agree(self) -> None:
        if not hasattr(self, "call"):
            return
        expected = Counter(work for picks in self.model.values() for work in picks)
        counted = tallies.votes(self.call.pk)
        assert counted == {
            work.pk: expected[index]
            for index, work in enumerate(self.works)
            if index not in self.out
        }
        assert Ballot.objects.filter(campaign=self.call).count() == len(self.model)


@pytest.mark.django_db
def test_ballots_agree_with_the_model() -> None:
    """Every example plays in a call of its own inside one transaction."""
    run_state_machine_as_test(
        Votes,
        settings=settings(
            max_examples=12,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
