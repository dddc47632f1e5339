"""The official count: stated in the log and published after the close, and anew after the last look
for stuffed ballots and after every later ruling. docs/spec/ballot-log.md has its form."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from paike.audit.actions import records
from paike.audit.models import Audience
from paike.voting.actions import statements
from paike.voting.models import BallotLog, OfficialCount, Pending
from paike.voting.queries import standings


def hold(campaign_id: UUID) -> None:
    """Until this transaction ends nobody else decides about the call's ballots. To be called before any
    row is locked. Between a decision in the log and the count that holds it no other decision may
    stand, or that count would differ from what the log says before it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"count {campaign_id}"]
        )


def count_due(*, now: datetime) -> list[OfficialCount]:
    """Publish the first count of every vote that is closed and sequenced to its last ballot."""
    closed = BallotLog.objects.exclude(closed_at=None)
    counted = OfficialCount.objects.values("campaign_id")
    due = closed.exclude(campaign_id__in=counted).values_list("campaign_id", flat=True)
    found = [count(campaign_id=campaign_id, now=now, first=True) for campaign_id in due]
    return [made for made in found if made is not None]


@transaction.atomic
def count(*, campaign_id: UUID, now: datetime, first: bool = False) -> OfficialCount | None:
    """Publish a count; None before the close, or while ballots wait for their place. `first`: only
    if there is none yet."""
    # One count after the other: each sees the rulings of the one before.
    log = BallotLog.objects.select_for_update(no_key=True).get(campaign_id=campaign_id)
    waiting = Pending.objects.filter(campaign_id=campaign_id, ballot__isnull=False)
    if log.closed_at is None or waiting.exists():
        return None
    latest = standings.latest_count(campaign_id)
    if first and latest is not None:
        return None
    number = latest.number + 1 if latest else 1
    body = _body(campaign_id, number, now)
    statement = statements.put(campaign_id=campaign_id, kind="count", body=body, now=now)
    made = OfficialCount.objects.create(
        campaign_id=campaign_id, number=number, body=body, statement=statement, at=now
    )
    records.write(
        now=now,
        act="count.published",
        thing="campaign",
        thing_id=campaign_id,
        audience=Audience.PUBLIC,
        campaign_id=campaign_id,
        details={"number": number},
    )
    return made


@transaction.atomic
def count_again(*, campaign_id: UUID, now: datetime) -> OfficialCount | None:
    """The count after something was decided; None while there is no first one."""
    return count(campaign_id=campaign_id, now=now) if is_counted(campaign_id) else None


def is_counted(campaign_id: UUID) -> bool:
    """Whether the official count stands in the log."""
    return OfficialCount.objects.filter(campaign_id=campaign_id).exists()


def _body(campaign_id: UUID, number: int, now: datetime) -> dict[str, Any]:
    figures = standings.figures(campaign_id)
    return {
        "number": number,
        "counted": {str(k): v for k, v in sorted(standings.counted(campaign_id).items())},
        "accepted": figures.accepted,
        "valid": figures.valid,
        **{state: figures.ballots[state] for state in ("quarantined", "released", "void")},
        "per_work": {
            state: {str(k): v for k, v in sorted(votes.items())}
            for state, votes in figures.votes.items()
        },
        "per_rule": {
            rule: {state: states[state] for state in sorted(states)}
            for rule, states in sorted(figures.rules.items())
        },
        "zeroed": sorted(standings.zeroed(campaign_id)),
        "at": statements.moment(now),
    }
