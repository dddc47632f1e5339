"""Ballots for tests: a vote that is open, and ballots that go the intake's way into the database."""

from collections.abc import Coroutine, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

import numpy as np
import psycopg
from django.db import connection

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.models import Entry
from paike.voting.actions import (
    arrays,
    ballot_logs,
    batches,
    counting,
    quarantines,
    sequencing,
)
from paike.voting.actions.batches import Cast, Outcome, Taken
from paike.voting.models import Ballot, BallotLog, DetectionRun, Quarantine
from paike.voting.queries import contests, detection_inputs
from paike.voting.rules import grammar, secrets
from paike.voting.rules.ballot_log import leaves
from paike.voting.rules.detection.suspicion import Suspicion

T = TypeVar("T")


def open_vote(call: Campaign, *, now: datetime) -> BallotLog:
    """The log of a call whose shortlist is sealed, with its opening stated."""
    ballot_logs.prepare(campaign_id=call.pk, now=now)
    ballot_logs.open_due(now=now)
    return BallotLog.objects.get(campaign=call)


def voter(call: Campaign, name: str) -> bytes:
    """The reference of a voter."""
    log = BallotLog.objects.get(campaign=call)
    assert log.secret
    return secrets.voter(bytes.fromhex(log.secret.open()), provider="phone", subject=name)


def cast(
    call: Campaign,
    works: Sequence[Entry | int],
    *,
    by: str = "",
    key: UUID | None = None,
    now: datetime,
    traces: Mapping[str, Any] | None = None,
) -> Outcome:
    """Cast a ballot through the intake's own statement, inside the test's transaction. `by` names
    the voter, a new one each time when left out; `traces` are fields of `Cast`."""
    contest = contests.of_campaign(call.pk, now=now)
    assert contest is not None
    assert contest.keys is not None
    numbers = sorted(work if isinstance(work, int) else work.number or 0 for work in works)
    key = key or uuid4()
    reference = voter(call, by or str(key))
    slot = grammar.slot(contest.rule, now=now, zone=contest.zone)
    secret = contest.keys.secret
    entry = leaves.ballot(
        period=slot.name,
        tag=secrets.tag(secrets.period_key(secret, slot.name), reference),
        commitment=secrets.commitment(secrets.salt(secret, key.bytes), reference),
        works=numbers,
    )
    made = Cast(
        voter=reference,
        key=key.bytes,
        period=slot.name,
        works=tuple(numbers),
        entry=entry,
        received=round(now.timestamp() * 1_000_000),
        network=secrets.network(secret, "192.0.2.1"),
        seen_for=60,
        watched=3,
        referral=None,
        provider="phone",
    )
    made = made._replace(**(traces or {}))
    (outcome,) = at_once(
        batches.commit(
            run_here(),
            [made],
            campaign_id=call.pk,
            rule=contest.rule,
            candidates=contest.candidates_version,
        )
    )
    return outcome


def taken(call: Campaign, works: Sequence[Entry | int], **given: Any) -> Ballot:
    """A ballot that was taken, as its row."""
    outcome = cast(call, works, **given)
    assert isinstance(outcome, Taken), outcome
    return Ballot.objects.get(pk=outcome.number)


def sequence(call: Campaign) -> int:
    """Give everything that waits its place in the log; returns how many entries."""
    number = 0
    while added := sequencing.sequence(campaign_id=call.pk):
        number += len(added.entries)
    return number


def set_aside(call: Campaign, work: int, some: Sequence[Ballot], *, now: datetime) -> Quarantine:
    """Quarantine ballots that stand in the log, ten at least, as if detectors had found them."""
    loaded = detection_inputs.of_campaign(call, jury_ranks={})
    [code] = np.flatnonzero(loaded.ballots.numbers == work)
    rows = np.flatnonzero(np.isin(loaded.ballots.ids, [ballot.pk for ballot in some]))
    run, _ = DetectionRun.objects.get_or_create(
        campaign=call, slot=now, defaults={"begun_at": now, "finished_at": now}
    )
    made = quarantines.set_aside(
        run=run,
        loaded=loaded,
        suspicion=Suspicion(int(code), rows, ("burst", "fillers"), ()),
        rule=campaigns.rulebook_of(call).ballot.detection,
        now=now,
    )
    assert made is not None
    return made


def close_vote(call: Campaign, *, now: datetime) -> None:
    """Close a vote, order what waits, state the count; the last look finds nothing."""
    ballot_logs.close_due(now=now)
    sequence(call)
    counting.count_due(now=now)
    sequence(call)
    DetectionRun.objects.create(
        campaign=call, slot=now, is_final=True, begun_at=now, finished_at=now
    )


def run_here() -> batches.Run:
    """Executes the intake's statements on the test's own connection."""
    connection.ensure_connection()
    arrays.register(connection.connection)
    cursor = psycopg.Cursor(connection.connection)

    async def run(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        cursor.execute(sql, parameters, binary=True)
        return cursor.fetchall()

    return run


def at_once(coroutine: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that never waits, without an event loop."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]  # StopIteration holds anything
    raise AssertionError("it waited")
