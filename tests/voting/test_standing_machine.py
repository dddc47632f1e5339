"""Whatever organisers and entrants do in whatever order, the count is what the rows say."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from paike.voting.actions import explanations, rulings
from paike.voting.models import Act, Ballot, Quarantine, Ruling
from paike.voting.queries import standings
from tests.factories import orgs, race
from tests.factories import stuffed as ballots


class Standing(RuleBasedStateMachine):
    """Cast, set aside, answer, propose, confirm, refuse; the clock goes on."""

    @initialize()
    def begin(self) -> None:
        self.vote = ballots.vote(works=6, slug=f"call-{uuid4().hex[:12]}")
        self.people = [orgs.organiser(), orgs.organiser()]
        self.now: datetime = race.NOW
        self.free: list[Ballot] = []
        self.quarantines: list[Quarantine] = []
        self.state: dict[Any, str] = {}
        self.proposed: dict[Any, tuple[Ruling, int]] = {}
        self.cast: Counter[int] = Counter()

    @rule(first=st.integers(0, 1), many=st.integers(1, 4))
    def vote_for_five(self, first: int, many: int) -> None:
        for _ in range(many):
            works = self.vote.numbers[first : first + 5]
            self.free.append(ballots.one(self.vote, works, at=self.now))
            self.cast.update(works)

    @precondition(lambda self: self.free)
    @rule(many=st.integers(1, 3))
    def set_aside(self, many: int) -> None:
        taken, self.free = self.free[:many], self.free[many:]
        made = ballots.quarantine(self.vote, taken, now=self.now)
        self.quarantines.append(made)
        self.state[made.pk] = "quarantined"

    @precondition(lambda self: self.quarantines)
    @rule(at=st.integers(0, 99))
    def answer(self, at: int) -> None:
        one = self.quarantines[at % len(self.quarantines)]
        try:
            explanations.answer(quarantine_id=one.pk, by=one.entry.owner, text="海报", now=self.now)
        except explanations.Decided:
            assert self.state[one.pk] != "quarantined"

    @precondition(lambda self: self.quarantines)
    @rule(at=st.integers(0, 99), who=st.integers(0, 1), act=st.sampled_from(list(Act)))
    def propose(self, at: int, who: int, act: Act) -> None:
        one = self.quarantines[at % len(self.quarantines)]
        try:
            made = rulings.propose(
                quarantine_id=one.pk, act=act, sanctioned=False, reason="r",
                by=self.people[who], now=self.now,
            )  # fmt: skip
        except rulings.Waiting:
            assert one.pk in self.proposed or self.state[one.pk] != "quarantined"
        except rulings.TooEarly:
            assert act == Act.VOID
            assert self.now < one.inquiry.answer_until
        else:
            assert self.state[one.pk] == "quarantined"
            self.proposed[one.pk] = (made, who)

    @precondition(lambda self: self.proposed)
    @rule(who=st.integers(0, 1), yes=st.booleans())
    def decide(self, who: int, yes: bool) -> None:
        key, (made, proposer) = next(iter(self.proposed.items()))
        if yes and who == proposer:
            with pytest.raises(rulings.SamePerson):
                rulings.confirm(ruling_id=made.pk, by=self.people[who], now=self.now)
            return
        del self.proposed[key]
        if yes:
            rulings.confirm(ruling_id=made.pk, by=self.people[who], now=self.now)
            self.state[key] = {"release": "released", "void": "void"}[made.act]
        else:
            rulings.refuse(ruling_id=made.pk, by=self.people[who], now=self.now)

    @rule(hours=st.integers(1, 30))
    def time_goes_on(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @invariant()
    def the_count_is_what_the_rows_say(self) -> None:
        if not hasattr(self, "vote"):
            return
        expected = Counter(self.cast)
        for one in self.quarantines:
            if self.state[one.pk] in ("quarantined", "void"):
                expected.subtract({int(work): many for work, many in one.votes.items()})
        counted = standings.counted(self.vote.call.pk)
        assert counted == {number: expected[number] for number in self.vote.numbers}
        figures = standings.figures(self.vote.call.pk)
        assert figures.valid == len(self.free) + sum(
            one.ballots for one in self.quarantines if self.state[one.pk] == "released"
        )


@pytest.mark.django_db
def test_the_count_follows_from_the_rows_in_any_order() -> None:
    run_state_machine_as_test(
        Standing,
        settings=settings(
            max_examples=8,
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
