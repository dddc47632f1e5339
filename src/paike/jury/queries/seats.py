"""Seats and what lies on them."""

import hashlib
from uuid import UUID

from paike.accounts.models import Account
from paike.jury.models import Recusal, ScoreSheet, Seat


def token_hash(token: str) -> str:
    """How an invitation's token is kept: the link itself can't be read from the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(token: str) -> Seat | None:
    found = Seat.objects.filter(token_hash=token_hash(token))
    return found.select_related("panel", "panel__campaign").first()


def by_id(seat_id: UUID) -> Seat | None:
    return Seat.objects.filter(pk=seat_id).select_related("panel", "panel__campaign").first()


def of_juror(*, panel_id: UUID, account: Account) -> Seat | None:
    """The juror's live seat with everything on it."""
    found = Seat.objects.filter(panel_id=panel_id, account=account, left_at__isnull=True)
    return (
        found.select_related("panel", "panel__campaign")
        .prefetch_related("sheets__marks", "recusals")
        .first()
    )


def of_account(account: Account) -> list[Seat]:
    """Every panel the account sits on, the latest first."""
    found = Seat.objects.filter(account=account, left_at__isnull=True)
    return list(found.select_related("panel", "panel__campaign").order_by("-invited_at"))


def sheet(*, seat: Seat, entry_id: UUID) -> ScoreSheet | None:
    found = ScoreSheet.objects.filter(seat=seat, entry_id=entry_id)
    return found.prefetch_related("marks").first()


def recusal(*, seat: Seat, entry_id: UUID) -> Recusal | None:
    return Recusal.objects.filter(seat=seat, entry_id=entry_id).first()
