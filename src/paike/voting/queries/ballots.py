"""Ballots that were cast."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.voting.models import Ballot, Pick
from paike.voting.rules import grammar


def by_receipt(receipt: str) -> Ballot | None:
    return Ballot.objects.filter(receipt=receipt).select_related("campaign").first()


def of_voter(*, campaign_id: UUID, voter: Account) -> list[Ballot]:
    """A voter's ballots with their picks, the latest first."""
    found = Ballot.objects.filter(campaign_id=campaign_id, voter=voter)
    return list(found.prefetch_related("picks__entry").order_by("-cast_at"))


def in_period(*, campaign_id: UUID, voter: Account, period: str) -> list[Ballot]:
    found = Ballot.objects.filter(campaign_id=campaign_id, voter=voter, period=period)
    return list(found.order_by("ordinal"))


def left(campaign: Campaign, *, voter: Account, now: datetime) -> int:
    """How many more ballots the voter may cast in the period of `now`."""
    rulebook = campaigns.rulebook_of(campaign)
    if not stages.allows(rulebook, "vote", now):
        return 0
    slot = grammar.slot(rulebook.ballot, now=now, zone=rulebook.timezone)
    used = in_period(campaign_id=campaign.pk, voter=voter, period=slot.name)
    return max(rulebook.ballot.ballots_per_period - len(used), 0)


def votes_in(ballots: list[Ballot]) -> dict[str, int]:
    """How often these ballots name each work."""
    votes: Counter[str] = Counter()
    for pick in Pick.objects.filter(ballot__in=ballots):
        votes[str(pick.entry_id)] += pick.times
    return dict(votes)


def number(campaign_id: UUID) -> int:
    """Ballots cast in a campaign so far."""
    return Ballot.objects.filter(campaign_id=campaign_id).count()
