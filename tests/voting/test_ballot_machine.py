"""Ballots against a small model: whatever is tried in whatever order, the same is counted."""

from collections import Counter
from datetime import timedelta
from typing import ClassVar
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

    rulebook: ClassVar[dict[str, str]] = {}
    ballots_a_day, size, per_work = 1, 5, 1

    @initialize()
    def open_the_vote(self) -> None:
        self.call = race.campaign(slug=f"call-{uuid4().hex[:12]}", replace=self.rulebook)
        self.works = race.shortlist(self.call, works=WORKS)
        self.voters = [accounts.account() for _ in range(VOTERS)]
        self.now = race.NOW
        self.out: set[int] = set()
        self.model: dict[tuple[int, int], list[list[int]]] = {}  # voter and day -> ballots
        self.keys: dict[tuple[int, UUID], str] = {}  # voter and key -> receipt

    @rule(
        voter=st.integers(0, VOTERS - 1),
        picks=st.lists(st.integers(0, WORKS - 1), min_size=1, max_size=6),
        as_asked=st.booleans(),
        retry=st.booleans(),
    )
    def cast(self, voter: int, picks: list[int], as_asked: bool, retry: bool) -> None:
        if as_asked:  # else most ballots would have a wrong number of works
            picks = [*dict.fromkeys(picks), *(n for n in range(WORKS) if n not in picks)]
            picks = picks[: self.size]
        known = [key for who, key in self.keys if who == voter]
        key = known[-1] if retry and known else uuid4()
        earlier = self.model.setdefault((voter, (self.now - race.NOW).days), [])
        valid = self._is_valid(picks, earlier)
        try:
            ballot = ballots.cast(
                campaign_id=self.call.pk,
                voter=self.voters[voter],
                entry_ids=[self.works[pick].pk for pick in picks],
                key=key,
                now=self.now,
            )
        except ballots.AlreadyVoted:
            assert len(earlier) == self.ballots_a_day
        except ballots.Invalid:
            assert not valid
        else:
            if (voter, key) in self.keys:
                assert self.keys[voter, key] == ballot.receipt
                return
            assert valid
            assert len(earlier) < self.ballots_a_day
            earlier.append(picks)
            self.keys[voter, key] = ballot.receipt

    def _is_valid(self, picks: list[int], earlier: list[list[int]]) -> bool:
        """The right number of works that are in, none too often over all ballots of the day."""
        votes = Counter(work for each in [*earlier, picks] for work in each)
        not_too_often = all(votes[work] <= self.per_work for work in picks)
        return len(picks) == self.size and not self.out & set(picks) and not_too_often

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
        cast = [picks for day in self.model.values() for picks in day]
        expected = Counter(work for picks in cast for work in picks)
        counted = tallies.votes(self.call.pk)
        assert counted == {
            work.pk: expected[index]
            for index, work in enumerate(self.works)
            if index not in self.out
        }
        assert Ballot.objects.filter(campaign=self.call).count() == len(cast)


class FiveOfOne(Votes):
    """The shape of 2025: five ballots a day of one work each, each work once a day."""

    rulebook: ClassVar[dict[str, str]] = {
        "ballots_per_period = 1": "ballots_per_period = 5",
        "works_min = 5": "works_min = 1",
        "works_max = 5": "works_max = 1",
    }
    ballots_a_day, size = 5, 1


class FiveForAny(FiveOfOne):
    """The shape of Wuhan: the five may all go to one work."""

    rulebook: ClassVar[dict[str, str]] = {
        **FiveOfOne.rulebook,
        "per_work_max = 1": "per_work_max = 5",
    }
    per_work = 5


@pytest.mark.django_db
@pytest.mark.parametrize("machine", [Votes, FiveOfOne, FiveForAny])
def test_ballots_agree_with_the_model(machine: type[Votes]) -> None:
    """Every example plays in a call of its own inside one transaction."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8,
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
