"""Counting. A work out of the race counts for nobody; the ballots that name it stay as they are.

Votes are those of the log: a ballot is counted once it has its place there, a moment after it was
accepted.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from paike.campaigns.rules.rulebook import BallotRule
from paike.voting.models import Snapshot
from paike.voting.queries import candidates, standings
from paike.voting.rules import counts


@dataclass(frozen=True)
class Shown:
    """The figures the public may see, and of when they are."""

    as_of: datetime
    votes: dict[UUID, int]


def votes(campaign_id: UUID) -> dict[UUID, int]:
    """Valid votes of every work in the race, zeros included: without ballots in quarantine and void
    ones, and nothing for a work whose votes a sanction took."""
    return _by_work(campaign_id, standings.counted(campaign_id))


def shown(campaign_id: UUID, *, rule: BallotRule, now: datetime) -> Shown | None:
    """What the rulebook lets the public see at `now`; None: nothing. Figures of a past moment come
    from the last snapshot up to it."""
    as_of = counts.as_of(rule, now=now)
    if as_of is None:
        return None
    if as_of >= now or now >= rule.closes:
        return Shown(as_of, votes(campaign_id))
    past = Snapshot.objects.filter(campaign_id=campaign_id, at__lte=as_of)
    last = past.order_by("-at").first()
    return Shown(as_of, _by_work(campaign_id, _then(last) if last else {}))


def _then(moment: Snapshot) -> dict[int, int]:
    """The votes of a past moment without what is out of the count now: a figure that was shown
    falls when ballots in it turn out stuffed."""
    campaign_id = moment.campaign_id
    lost, gone = standings.out_of_count(campaign_id, at=moment), standings.zeroed(campaign_id)
    return {
        int(number): 0 if int(number) in gone else max(votes - lost[int(number)], 0)
        for number, votes in moment.votes.items()
    }


def _by_work(campaign_id: UUID, by_number: dict[int, int]) -> dict[UUID, int]:
    numbers = candidates.numbers(campaign_id)
    return {work: by_number.get(number, 0) for work, number in numbers.items()}
