"""Counting. A work out of the race counts for nobody; the ballots that name it stay as they are."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from paike.campaigns.rules.rulebook import BallotRule
from paike.voting.models import Pick
from paike.voting.queries import candidates
from paike.voting.rules import counts


@dataclass(frozen=True)
class Shown:
    """The figures the public may see, and of when they are."""

    as_of: datetime
    votes: dict[UUID, int]


def votes(campaign_id: UUID, *, before: datetime | None = None) -> dict[UUID, int]:
    """Valid votes of every work in the race, zeros included; `before`: only of earlier ballots."""
    picks = Pick.objects.filter(ballot__campaign_id=campaign_id)
    if before is not None:
        picks = picks.filter(ballot__cast_at__lt=before)
    summed = picks.order_by().values_list("entry_id").annotate(sum=Sum("times"))
    by_entry: dict[UUID, int] = dict(summed)
    return {entry: by_entry.get(entry, 0) for entry in candidates.ids(campaign_id)}


def shown(campaign_id: UUID, *, rule: BallotRule, now: datetime) -> Shown | None:
    """What the rulebook lets the public see at `now`; None: nothing."""
    as_of = counts.as_of(rule, now=now)
    if as_of is None:
        return None
    return Shown(as_of, votes(campaign_id, before=as_of))
