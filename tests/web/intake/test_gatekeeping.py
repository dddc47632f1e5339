"""Who is held up, and that a factory is not."""

import asyncio
import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from paike.campaigns.models import Campaign
from paike.kernel import clock
from paike.voting.actions import ballot_logs, challenges
from paike.voting.models import SpentChallenge
from paike.voting.queries import contests
from paike.voting.rules.tokens import Pass
from paike.web.intake import gatekeeping, throttles
from paike.web.intake.answers import Refusal
from paike.web.intake.gatekeeping import Facts
from tests.factories import race

ADDRESS = "10.20.30.40"


@pytest.fixture
def now(transactional_db: None) -> datetime:
    return clock.now()


@pytest.fixture
def contest(now: datetime) -> contests.Contest:
    made: Campaign = race.campaign(now=now)
    race.shortlist(made, works=6, now=now)
    log = ballot_logs.prepare(campaign_id=made.pk, now=now)
    return contests.of_log(log, now=now)


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has a process of its own, as far as buckets go."""
    for name in ("_askers", "_casters"):
        monkeypatch.setattr(gatekeeping, name, throttles.Throttle(throttles.VOTER))
    monkeypatch.setattr(gatekeeping, "_networks", throttles.Throttle(throttles.NETWORK))


class Door:
    """Knocks as voters of one address do."""

    def __init__(self, contest: contests.Contest, now: datetime) -> None:
        self.contest, self.now, self.load = contest, now, 0.0

    def ask(self, voter: bytes, key: UUID, *, network: str = ADDRESS, **more: object) -> int:
        """200, or the status of the refusal, whose body is kept."""
        facts = Facts(self.contest, network, self.now, self.load)
        holder = Pass(voter=voter, provider="phone", first_seen=self.now, issued_at=self.now)
        asked: Mapping[str, Any] = {"key": str(key), **more}
        try:
            asyncio.run(gatekeeping.before_token(facts, holder, asked))
        except Refusal as refusal:
            self.headers = dict(refusal.answer.headers)
            self.said = json.loads(refusal.answer.body)
            return refusal.answer.status
        return 200

    def solution(self) -> str:
        puzzle = self.said["challenge"]
        for number in range(puzzle["maxnumber"] + 1):
            tried = hashlib.sha256(f"{puzzle['salt']}{number}".encode()).hexdigest()
            if tried == puzzle["challenge"]:
                told = {**puzzle, "number": number}
                return base64.b64encode(json.dumps(told).encode()).decode()
        raise AssertionError("no solution")


@pytest.fixture
def door(contest: contests.Contest, now: datetime) -> Door:
    return Door(contest, now)


def voter(number: int) -> bytes:
    return number.to_bytes(16, "big")


def test_a_quiet_evening_asks_nothing_of_anybody(door: Door) -> None:
    assert [door.ask(voter(n), uuid4()) for n in range(50)] == [200] * 50
    assert SpentChallenge.objects.count() == 0


def test_a_factory_behind_one_address_gets_through(door: Door) -> None:
    """1,000 workers of one address in the same second: nobody is refused, some solve a puzzle."""
    puzzles = 0
    for number in range(1000):
        key = uuid4()
        status = door.ask(voter(number), key)
        if status == 428:
            puzzles += 1
            if puzzles > 5:  # five are solved in truth, the rest would be as well
                continue
            status = door.ask(voter(number), key, challenge=door.solution())
        assert status == 200
    assert puzzles == 1000 - throttles.NETWORK.burst
    assert SpentChallenge.objects.count() == 5


def test_a_busy_address_leaves_its_neighbours_alone(door: Door) -> None:
    for number in range(300):
        door.ask(voter(number), uuid4())
    assert door.ask(voter(901), uuid4()) == 428
    assert door.ask(voter(902), uuid4(), network="10.20.31.40") == 200
    assert door.ask(voter(903), uuid4(), network="2001:db8:1:2::/64") == 200


def test_under_load_everybody_solves_one(door: Door) -> None:
    door.load = 0.6
    key = uuid4()
    assert door.ask(voter(1), key) == 428
    assert "challenge" in door.said
    assert door.said["zh"]
    assert door.said["en"]
    assert door.ask(voter(1), key, challenge=door.solution()) == 200


def test_a_solution_is_good_once_and_for_its_ballot(door: Door) -> None:
    door.load = 0.6
    key = uuid4()
    door.ask(voter(1), key)
    solution = door.solution()
    assert door.ask(voter(2), key, challenge=solution) == 428
    assert door.ask(voter(1), uuid4(), challenge=solution) == 428
    assert door.ask(voter(1), key, challenge=solution) == 200
    assert door.ask(voter(1), key, challenge=solution) == 428  # a replay: here is another puzzle
    assert door.ask(voter(1), key, challenge=door.solution()) == 200


def test_rubbish_in_place_of_a_solution_gets_a_puzzle(door: Door) -> None:
    for rubbish in ("", "x", 7, {"a": 1}, ["x"], base64.b64encode(b"[]").decode()):
        assert door.ask(voter(1), uuid4(), challenge=rubbish) == 428


def test_one_voter_who_hammers_is_told_when_to_come_again(door: Door) -> None:
    answers = [door.ask(voter(1), uuid4()) for _ in range(25)]
    assert answers == [200] * 20 + [429] * 5
    assert int(door.headers[b"retry-after"]) == 2
    assert door.ask(voter(2), uuid4()) == 200
    door.now += timedelta(seconds=2)
    assert door.ask(voter(1), uuid4()) == 200


def test_old_nonces_are_forgotten(door: Door) -> None:
    door.load, key = 0.6, uuid4()
    door.ask(voter(1), key)
    door.ask(voter(1), key, challenge=door.solution())
    assert challenges.forget(now=door.now + timedelta(minutes=9)) == 0
    assert challenges.forget(now=door.now + timedelta(minutes=10)) == 1


def test_buckets_do_not_grow_for_ever() -> None:
    throttle: throttles.Throttle[bytes] = throttles.Throttle(throttles.VOTER, most=100)
    now = clock.now()
    for number in range(1000):
        assert throttle.take(voter(number), at=now.timestamp()) == 0.0
    assert len(throttle._buckets) == 100
