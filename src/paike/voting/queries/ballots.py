"""Ballots that were cast."""

from collections import Counter
from uuid import UUID

from paike.accounts.models import Account
from paike.voting.models import Ballot, Pick


def by_receipt(receipt: str) -> Ballot | None:
    return Ballot.objects.filter(receipt=receipt).select_related("campaign").first()


def of_voter(*, campaign_id: UUID, voter: Account) -> list[Ballot]:
    """A voter's ballots with their picks, the latest first."""
    found = Ballot.objects.filter(campaign_id=campaign_id, voter=voter)
    return list(found.prefetch_related("picks__entry").order_by("-cast_at"))


def in_period(*, campaign_id: UUID, voter: Account, period: str) -> list[Ballot]:
    found = Ballot.objects.filter(campaign_id=campaign_id, voter=voter, period=period)
    return list(found.order_by("ordinal"))


def votes_in(ballots: list[Ballot]) -> dict[str, int]:
    """How often these ballots name each work."""
    votes: Counter[str] = Counter()
    for pick in Pick.objects.filter(ballot__in=ballots):
        votes[str(pick.entry_id)] += pick.times
    return dict(votes)


def number(campaign_id: UUID) -> int:
    """Ballots cast in a campaign so far."""
    return Ballot.objects.filter(campaign_id=campaign_id).count()
