"""Committing to marks before anybody knows what they decide.

A pile is committed to when its juror seals it, and once more at the close where it differs from
that: a juror who was late, or who was found to be bound to a work after sealing.
"""

import secrets
from datetime import datetime

from django.db import transaction

from paike.jury.events import PileCommitted
from paike.jury.models import Commitment, Panel, Seat
from paike.jury.queries import commitments
from paike.jury.rules.commitments import SALT, Pile
from paike.kernel import events


@transaction.atomic
def commit(*, seat: Seat, now: datetime) -> None:
    """Commit to a seat's pile as it stands; nothing happens when that was done already."""
    _commit(seat, commitments.countable(seat.panel)[seat.number], now=now)


@transaction.atomic
def commit_all(*, panel: Panel, now: datetime) -> None:
    """The same for every seat of a panel."""
    piles = commitments.countable(panel)
    for seat in panel.seats.order_by("number"):
        _commit(seat, piles[seat.number], now=now)


def _commit(seat: Seat, pile: Pile, *, now: datetime) -> None:
    last = seat.commitments.order_by("id").last()
    known = commitments.pile_of(last) if last else None
    if pile == known or (known is None and not pile.marks):
        return
    salt = secrets.token_bytes(SALT)
    made = Commitment.objects.create(
        seat=seat,
        at=now,
        criteria=list(pile.criteria),
        marks={str(work): list(tenths) for work, tenths in pile.marks.items()},
        salt=salt,
        digest=pile.digest(salt),
    )
    events.publish(PileCommitted(seat.panel.campaign_id, seat.number, made.digest, now))
