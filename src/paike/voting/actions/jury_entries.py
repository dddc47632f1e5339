"""The jury in the ballot log: hashes of the piles when they are sealed, the piles with the result.
A call without a vote has no log, and nothing is stated."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from paike.voting.actions import statements
from paike.voting.models import BallotLog

PART = 1000  # works in one entry: ten criteria of them fit three times over


def state_commit(*, campaign_id: UUID, seat: int, digest: str, now: datetime) -> None:
    """State that the pile of a seat has this hash."""
    if _has_log(campaign_id):
        body = {"seat": seat, "sheets": digest, "at": statements.moment(now)}
        statements.put(campaign_id=campaign_id, kind="jury-commit", body=body, now=now)


def state_open(
    *,
    campaign_id: UUID,
    seat: int,
    criteria: Sequence[str],
    marks: Mapping[int, Sequence[int]],
    salt: bytes,
    now: datetime,
) -> None:
    """State the pile behind the hash of a seat, in as many parts as it needs."""
    if not _has_log(campaign_id):
        return
    works = sorted(marks)
    parts = [works[first : first + PART] for first in range(0, max(1, len(works)), PART)]
    for part, some in enumerate(parts, start=1):
        body = {
            "seat": seat,
            "criteria": list(criteria),
            "marks": {str(work): list(marks[work]) for work in some},
            "salt": salt.hex(),
            "part": part,
            "parts": len(parts),
            "at": statements.moment(now),
        }
        statements.put(campaign_id=campaign_id, kind="jury-open", body=body, now=now)


def _has_log(campaign_id: UUID) -> bool:
    return BallotLog.objects.filter(campaign_id=campaign_id).exists()
