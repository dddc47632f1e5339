"""Ballots in a log, by rows: honest ones and stuffed ones, of a call in the middle of its vote."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import numpy as np
from bench.stuffing import honest
from bench.stuffing.honest import Ballots

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns as campaign_queries
from paike.entries.models import Entry
from paike.orgs.models import Organisation
from paike.voting.actions import ballot_logs
from paike.voting.models import (
    Ballot,
    BallotLog,
    DetectionRun,
    Inquiry,
    LogEntry,
    Quarantine,
    QuarantinedBallot,
)
from tests.factories import race

WORKS = 20
KIND_ATTACK = 3


@dataclass
class Vote:
    """A call whose vote is on. `works` by their numbers, ascending."""

    call: Campaign
    works: list[Entry]
    log: BallotLog
    opens: datetime
    closes: datetime

    @property
    def numbers(self) -> list[int]:
        return [work.number or 0 for work in self.works]


def vote(
    *,
    works: int = WORKS,
    unit: Organisation | None = None,
    replace: dict[str, str] | None = None,
    now: datetime = race.NOW,
    slug: str = "",
) -> Vote:
    """An open vote without ballots."""
    call = race.campaign(now=now, replace=replace, slug=slug)
    rule = campaign_queries.rulebook_of(call).ballot
    shortlisted = race.shortlist(call, works=works, unit=unit, now=now)
    log = ballot_logs.prepare(campaign_id=call.pk, now=rule.opens - timedelta(hours=1))
    log.opened_at = rule.opens
    log.save()
    return Vote(call, shortlisted, log, rule.opens, rule.closes)


def people(number: int, *, works: int = WORKS, seed: int = 1) -> tuple[honest.World, Ballots]:
    """So many honest ballots of a made-up contest."""
    made = honest.world(seed, works=works)
    made.popularity *= 0.7
    return made, honest.people(made, number)


def put(into: Vote, ballots: Ballots, *, start: timedelta = timedelta(0)) -> list[Ballot]:
    """The ballots as rows in the log, in the order of time; times count from the opening."""
    order = np.argsort(ballots.at, kind="stable")
    first = LogEntry.objects.filter(campaign=into.call).count()
    numbers = into.numbers
    rows = [
        Ballot(
            campaign=into.call,
            voter=_bytes(f"voter {ballots.voter[row]}", 16),
            period=f"p{row}",
            key=uuid4(),
            works=sorted(numbers[work] for work in ballots.picks[row]),
            entry=b"{}",
            cast_at=into.opens + start + timedelta(seconds=float(ballots.at[row])),
            network=_bytes(f"network {ballots.network[row]}", 8),
            seen_for=None if ballots.seen_for[row] < 0 else int(ballots.seen_for[row]),
            watched=None if ballots.watched[row] < 0 else int(ballots.watched[row]),
            referral=_bytes(f"link {ballots.referral[row]}", 8) if ballots.referral[row] else None,
        )
        for row in order
    ]
    stored = Ballot.objects.bulk_create(rows, batch_size=2_000)
    LogEntry.objects.bulk_create(
        (
            LogEntry(campaign=into.call, index=first + at, ballot=ballot)
            for at, ballot in enumerate(stored)
        ),
        batch_size=5_000,
    )
    votes = Counter({int(number): many for number, many in into.log.votes.items()})
    for ballot in stored:
        votes.update(ballot.works)
    into.log.votes = {str(number): many for number, many in votes.items()}
    into.log.size = first + len(stored)
    into.log.save()
    return stored


def one(into: Vote, works: list[int], *, at: datetime, voter: str = "") -> Ballot:
    """A single ballot in the log."""
    index = LogEntry.objects.filter(campaign=into.call).count()
    made = Ballot.objects.create(
        campaign=into.call,
        voter=_bytes(voter or f"voter {index}", 16),
        period=f"p{index}",
        key=uuid4(),
        works=sorted(works),
        entry=b"{}",
        cast_at=at,
    )
    LogEntry.objects.create(campaign=into.call, index=index, ballot=made)
    for number in works:
        into.log.votes[str(number)] = into.log.votes.get(str(number), 0) + 1
    into.log.size = index + 1
    into.log.save()
    return made


def quarantine(
    of: Vote, stored: list[Ballot], *, work: Entry | None = None, now: datetime = race.NOW
) -> Quarantine:
    """The ballots set aside, by rows, because of `work` (the first unless told otherwise)."""
    return set_aside(of.call, work or of.works[0], stored, now=now)


def set_aside(
    call: Campaign, work: Entry, stored: Sequence[Ballot] = (), *, now: datetime
) -> Quarantine:
    run, _ = DetectionRun.objects.get_or_create(
        campaign=call, slot=now, defaults={"begun_at": now, "finished_at": now}
    )
    lost = Counter(number for ballot in stored for number in ballot.works)
    made = Quarantine.objects.create(
        campaign=call,
        run=run,
        entry=work,
        work=work.number or 0,
        detectors=["burst", "fillers"],
        ballots=len(stored),
        votes={str(number): many for number, many in lost.items()},
        evidence='{"detectors":{}}',
        evidence_sha256="0" * 64,
        at=now,
    )
    Inquiry.objects.create(quarantine=made, at=now, answer_until=now + timedelta(hours=48))
    QuarantinedBallot.objects.bulk_create(
        QuarantinedBallot(ballot=ballot, quarantine=made) for ballot in stored
    )
    return made


def _bytes(text: str, length: int) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:length]
