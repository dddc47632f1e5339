"""Where a ballot log stands, for a page."""

import base64
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from paike.voting.models import BallotLog
from paike.voting.rules.ballot_log import merkle, notes


@dataclass(frozen=True)
class Head:
    """The head of a log as the database has it; the checkpoint file follows within a second.
    `vkey` is what verifiers are given, `root` base64 as in a checkpoint."""

    origin: str
    vkey: str
    size: int
    root: str
    opened_at: datetime | None
    closed_at: datetime | None
    secret_destroyed_at: datetime | None


def of_campaign(campaign_id: UUID) -> Head | None:
    """None: the call has no log yet."""
    return _head(BallotLog.objects.filter(campaign_id=campaign_id).first())


def of_call(slug: str) -> Head | None:
    """The same, by the call's name in addresses."""
    return _head(BallotLog.objects.filter(campaign__slug=slug).first())


def _head(log: BallotLog | None) -> Head | None:
    if log is None:
        return None
    root = merkle.Frontier.read(log.size, bytes(log.frontier)).root()
    return Head(
        origin=log.origin,
        vkey=notes.verifier_key(log.origin, bytes(log.public_key)),
        size=log.size,
        root=base64.b64encode(root).decode(),
        opened_at=log.opened_at,
        closed_at=log.closed_at,
        secret_destroyed_at=log.secret_destroyed_at,
    )
