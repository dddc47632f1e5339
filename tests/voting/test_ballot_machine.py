"""Ballots against a small model: whatever is tried in whatever order, the log holds what was taken."""

import json
import shutil
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from paike.campaigns.queries import campaigns
from paike.voting.actions import ballot_logs, counting, explanations, rulings, sequencing
from paike.voting.actions.batches import Closed, Faulty, Taken, UsedUp
from paike.voting.adapters.publishing import Publisher
from paike.voting.models import Act, Ballot, BallotLog, LogEntry, OfficialCount, Quarantine
from paike.voting.queries import tallies
from paike.voting.rules import grammar
from paike.voting.rules.ballot_log.merkle import Frontier, leaf_hash
from paike_verify.files import Folder
from paike_verify.findings import Report
from paike_verify.log import check as check_log
from tests.factories import ballots, orgs, race

WORKS, VOTERS = 7, 3


class Votes(RuleBasedStateMachine):
    """Three voters, seven works; retries, doubles, works that leave, clocks that jump, a sequencer
    that takes pieces and one that comes back after a crash, and the close."""

    rulebook: ClassVar[dict[str, str]] = {}
    ballots_a_day, size, per_work = 1, 5, 1

    @initialize()
    def open_the_vote(self) -> None:
        self.call = race.campaign(slug=f"call-{uuid4().hex[:12]}", replace=self.rulebook)
        self.works = race.shortlist(self.call, works=WORKS)
        ballots.open_vote(self.call, now=race.NOW)
        self.now = race.NOW
        self.closed = self.put_back = False
        self.out: set[int] = set()
        self.model: dict[tuple[int, str], list[list[int]]] = {}  # voter and period -> ballots
        self.keys: dict[tuple[int, UUID], Taken] = {}

    @rule(
        voter=st.integers(0, VOTERS - 1),
        picks=st.lists(st.integers(1, WORKS), min_size=1, max_size=6),
        as_asked=st.booleans(),
        retry=st.booleans(),
    )
    def cast(self, voter: int, picks: list[int], as_asked: bool, retry: bool) -> None:
        if as_asked:  # else most ballots would have a wrong number of works
            picks = [*dict.fromkeys(picks), *(n for n in range(1, WORKS + 1) if n not in picks)]
            picks = picks[: self.size]
        known = [key for who, key in self.keys if who == voter]
        key = known[-1] if retry and known else uuid4()
        if not self._is_valid_alone(picks) and (voter, key) not in self.keys:
            return  # the intake refuses it before it is queued; the grammar has tests of its own
        place = voter, self._period()
        earlier = self.model.setdefault(place, [])
        outcome = ballots.cast(self.call, picks, by=f"voter {voter}", key=key, now=self.now)
        if (voter, key) in self.keys:  # after the close too
            first = self.keys[voter, key]
            assert isinstance(outcome, Taken)
            assert (outcome.number, outcome.again) == (first.number, True)
            assert outcome.entry == first.entry
        elif isinstance(outcome, Closed):
            assert self.closed
        elif isinstance(outcome, UsedUp):
            assert len(earlier) == self.ballots_a_day
        elif isinstance(outcome, Faulty):
            assert not self._fits(picks, earlier)
        else:
            assert isinstance(outcome, Taken)
            assert not outcome.again
            assert self._fits(picks, earlier)
            assert len(earlier) < self.ballots_a_day
            earlier.append(picks)
            self.keys[voter, key] = outcome

    @property
    def stated_at(self) -> datetime:
        """When a statement is made: ballots come at any time, nothing is stated before the close
        any more once it stands there."""
        return race.after_the_vote(self.call) if self.closed else self.now

    def _period(self) -> str:
        rulebook = campaigns.rulebook_of(self.call)
        return grammar.slot(rulebook.ballot, now=self.now, zone=rulebook.timezone).name

    def _is_valid_alone(self, picks: list[int]) -> bool:
        times = Counter(picks).values()
        return (
            len(picks) == self.size
            and not self.out & set(picks)
            and max(times, default=0) <= self.per_work
        )

    def _fits(self, picks: list[int], earlier: list[list[int]]) -> bool:
        votes = Counter(work for each in [*earlier, picks] for work in each)
        return all(votes[work] <= self.per_work for work in picks)

    @rule(largest=st.integers(1, 5))
    def sequence_a_piece(self, largest: int) -> None:
        sequencing.sequence(campaign_id=self.call.pk, largest=largest)

    @rule(minutes=st.sampled_from([-90, -5, 1, 30, 600, 1439, 1440]))
    def the_clock_jumps(self, minutes: int) -> None:
        rule = campaigns.rulebook_of(self.call).ballot
        moment = self.now + timedelta(minutes=minutes)
        if rule.opens <= moment < rule.closes:
            self.put_back |= moment < self.now
            self.now = moment

    @rule(work=st.integers(1, WORKS))
    def leave(self, work: int) -> None:
        if work not in self.out and len(self.out) < 2:
            self.out.add(work)
            race.withdraw(self.works[work - 1])
            ballot_logs.restate_candidates(
                campaign_id=self.call.pk, reason="withdrawn", now=self.stated_at
            )

    @rule(sure=st.integers(0, 9))
    def close(self, sure: int) -> None:
        if sure == 0:
            ballot_logs.close_due(now=race.after_the_vote(self.call))
            self.closed = True

    @invariant()
    def the_log_is_dense_and_its_head_is_right(self) -> None:
        if not hasattr(self, "call"):
            return
        log = BallotLog.objects.get(campaign=self.call)
        entries = list(
            LogEntry.objects.filter(campaign=self.call)
            .select_related("ballot", "statement")
            .order_by("index")
        )
        assert [entry.index for entry in entries] == list(range(log.size))
        head, votes = Frontier(), Counter[str]()
        for entry in entries:
            if entry.ballot is not None:
                leaf = bytes(entry.ballot.entry)
            else:
                assert entry.statement is not None
                leaf = bytes(entry.statement.body)
            head.append(leaf_hash(leaf))
            votes.update(map(str, json.loads(leaf).get("w", [])))
        assert head.pack() == bytes(log.frontier)
        assert votes == Counter(log.votes)

    def teardown(self) -> None:
        """At the end everything has its place, and the count is the model's."""
        if not hasattr(self, "call"):
            return
        ballots.sequence(self.call)
        cast = [picks for day in self.model.values() for picks in day]
        assert Ballot.objects.filter(campaign=self.call).count() == len(cast)
        expected = Counter(work for picks in cast for work in picks)
        assert tallies.votes(self.call.pk) == {
            work.pk: expected[number]
            for number, work in enumerate(self.works, start=1)
            if number not in self.out
        }


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


class OnceInAll(Votes):
    """One ballot for the whole vote."""

    rulebook: ClassVar[dict[str, str]] = {'period = "day"': 'period = "once"'}


class EveryTenMinutes(Votes):
    """A ballot every ten minutes, as the livelier galas have it."""

    rulebook: ClassVar[dict[str, str]] = {
        'period = "day"': 'period = "minutes"\nperiod_minutes = 10'
    }


CROWD = 10
LADDER = """sanctions = [
  { offence = 1, act = "pause-work", minutes = 60 },
  { offence = 2, act = "zero-votes" },
  { offence = 3, act = "disqualify" },
]"""


class Contested(Votes):
    """The same vote, bought: crowds are set aside, released and void by two people, the ladder of
    sanctions falls, and the process that publishes the log dies, comes back and loses files."""

    rulebook: ClassVar[dict[str, str]] = {
        'sanctions = [{ offence = 1, act = "void-ballots" }]': LADDER
    }

    @initialize()
    def open_the_vote(self) -> None:
        super().open_the_vote()
        self.folder = Path(mkdtemp(prefix="ballot-logs-"))
        BallotLog.objects.update(published_at=None)  # earlier examples' lie in other folders
        self.publisher = self._publisher()
        self.people = orgs.organiser(), orgs.organiser()
        self.crowds = 0
        self.waiting: list[tuple[Quarantine, list[int]]] = []
        self.lost: list[list[int]] = []  # picks of ballots that do not count
        self.offences: Counter[int] = Counter()
        self.paused: dict[int, datetime] = {}

    def _publisher(self) -> Publisher:
        made = Publisher(self.folder, now=lambda: self.stated_at)
        made.check()
        return made

    def _is_valid_alone(self, picks: list[int]) -> bool:
        paused = {work for work, until in self.paused.items() if self.now < until}
        return super()._is_valid_alone(picks) and not paused & set(picks)

    @rule(work=st.integers(1, 2))  # the same ones again: sanctions get harder
    def a_crowd_is_set_aside(self, work: int) -> None:
        picks = [work, *(n for n in range(1, WORKS + 1) if n != work and n not in self.out)]
        picks = picks[: self.size]
        # A pause reaches the intake with its next look: these came before.
        if self.closed or len(self.waiting) > 2 or not super()._is_valid_alone(picks):
            return
        made = []
        for _ in range(CROWD):
            self.crowds += 1
            made.append(ballots.taken(self.call, picks, by=f"c{self.crowds}", now=self.now))
            self.model[-self.crowds, self._period()] = [picks]
        self.publish()
        self.waiting.append((ballots.set_aside(self.call, work, made, now=self.now), picks))

    @rule(fate=st.sampled_from(["release", "void", "sanction", "sanction"]))
    def two_people_rule(self, fate: str) -> None:
        if not self.waiting:
            return
        quarantine, picks = self.waiting.pop(0)
        owner, now = quarantine.entry.owner, self.stated_at
        explanations.answer(quarantine_id=quarantine.pk, by=owner, text="不知情", now=now)
        ruling = rulings.propose(
            quarantine_id=quarantine.pk,
            act=Act.RELEASE if fate == "release" else Act.VOID,
            sanctioned=fate == "sanction",
            reason="同一脚本",
            by=self.people[0],
            now=now,
        )
        rulings.confirm(ruling_id=ruling.pk, by=self.people[1], now=now)
        if fate != "release":
            self.lost += [picks] * CROWD
        if fate == "sanction":
            self._sanctioned(quarantine.work)

    def _sanctioned(self, work: int) -> None:
        self.offences[work] += 1
        if self.offences[work] == 1:
            self.paused[work] = self.stated_at + timedelta(minutes=60)
        elif self.offences[work] > 2:
            self.out.add(work)

    @rule()
    def publish(self) -> None:
        while added := sequencing.sequence(campaign_id=self.call.pk, largest=7):
            self.publisher.add(added)
        self.publisher.reveal()

    @rule()
    def the_sequencer_dies(self) -> None:
        sequencing.sequence(campaign_id=self.call.pk, largest=3)  # committed, and not yet in files
        self.publisher.close()
        self.publisher = self._publisher()

    @rule(number=st.integers(0, 99))
    def files_are_lost(self, number: int) -> None:
        files = sorted(self.folder.glob("*/tile/**/*"))
        if files:
            shutil.rmtree(files[number % len(files)], ignore_errors=True)
            files[number % len(files)].unlink(missing_ok=True)
        self.publisher.rebuild(BallotLog.objects.get(campaign=self.call))

    def expected(self) -> dict[UUID, int]:
        cast = [picks for day in self.model.values() for picks in day]
        lost = self.lost + [picks for _, picks in self.waiting for _ in range(CROWD)]
        votes = Counter(work for picks in cast for work in picks)
        votes.subtract(work for picks in lost for work in picks)
        return {
            work.pk: 0 if self.offences[number] > 1 else votes[number]
            for number, work in enumerate(self.works, start=1)
            if number not in self.out
        }

    def teardown(self) -> None:
        """At the end anybody counts what the official count says, and finds every ballot once."""
        if not hasattr(self, "waiting"):
            return
        self.publish()
        assert tallies.votes(self.call.pk) == self.expected()
        ballot_logs.close_due(now=race.after_the_vote(self.call))
        self.closed = True
        self.publish()
        counting.count_due(now=self.stated_at)
        self.publish()
        self.publisher.close()
        log, report = Folder(self.folder / self.call.slug), Report()
        checked = check_log(log, report)
        # Only a clock that was put back puts moments out of order.
        assert (
            set(report.numbers) <= {"time", "back-dated", "ahead"}
            if self.put_back
            else not (report.numbers)
        )
        official = OfficialCount.objects.filter(campaign=self.call).latest("number").body
        assert checked.count == {key: each for key, each in official.items() if key != "at"}
        stated = [bytes(ballot.entry) for ballot in Ballot.objects.filter(campaign=self.call)]
        assert len(stated) == sum(map(len, self.model.values())) == checked.ballots
        shutil.rmtree(self.folder)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "shape", [Votes, FiveOfOne, FiveForAny, OnceInAll, EveryTenMinutes, Contested]
)
def test_whatever_happens_the_log_holds_what_was_taken(shape: type[Votes]) -> None:
    run_state_machine_as_test(
        shape,
        settings=settings(
            max_examples=8,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],  # a story of thirty steps tells enough
            suppress_health_check=list(HealthCheck),
        ),
    )
