"""Ballots that were cast."""

from uuid import UUID

from paike.voting.models import Ballot, BallotLog
from paike.voting.rules import receipts


def by_code(campaign_id: UUID, typed: str) -> Ballot | None:
    """The ballot with this receipt code, its place in the log included."""
    key = receipt_key(campaign_id)
    number = receipts.number(typed, key=key) if key else None
    if number is None:
        return None
    found = Ballot.objects.filter(pk=number, campaign_id=campaign_id)
    return found.select_related("campaign", "log_entry").first()


def of_voter(*, campaign_id: UUID, voter: bytes) -> list[Ballot]:
    """The ballots under a voter's reference, the latest first."""
    found = Ballot.objects.filter(campaign_id=campaign_id, voter=voter)
    return list(found.select_related("log_entry").order_by("-cast_at"))


def in_period(*, campaign_id: UUID, voter: bytes, period: str) -> int:
    """How many ballots a voter has cast in a period."""
    return Ballot.objects.filter(campaign_id=campaign_id, voter=voter, period=period).count()


def code(ballot: Ballot) -> str:
    """The receipt code of a ballot."""
    key = receipt_key(ballot.campaign_id)
    if key is None:
        raise LookupError(f"no ballot log for {ballot.campaign_id}")
    return receipts.code(ballot.pk, key=key)


def code_with(ballot: Ballot, key: bytes) -> str:
    """The same with the key at hand, for many."""
    return receipts.code(ballot.pk, key=key)


def receipt_key(campaign_id: UUID) -> bytes | None:
    """What receipt codes of a call are made with; None before its log is made."""
    log = BallotLog.objects.filter(campaign_id=campaign_id).first()
    return bytes.fromhex(log.receipt_key.open()) if log and log.receipt_key else None


def secret(campaign_id: UUID) -> bytes | None:
    """The secret of a call's log; None before it is made and after it is destroyed."""
    log = BallotLog.objects.filter(campaign_id=campaign_id).first()
    return bytes.fromhex(log.secret.open()) if log and log.secret else None


def number(campaign_id: UUID) -> int:
    """Ballots cast in a campaign so far."""
    return Ballot.objects.filter(campaign_id=campaign_id).count()
