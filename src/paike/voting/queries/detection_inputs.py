"""All that detection looks at, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.rulebook import Rulebook
from paike.entries.models import Entry
from paike.orgs.models import Level, Organisation
from paike.orgs.queries import organisations
from paike.voting.models import BallotLog, MobilisationWindow
from paike.voting.queries import columns
from paike.voting.rules.detection.contest import Codes, Contest, Window


@dataclass(frozen=True)
class Loaded:
    """A contest with what leads back from its codes to rows. `entries`: work's number -> entry."""

    contest: Contest
    ballots: columns.Ballots
    entries: Mapping[int, UUID]

    def number(self, work: int) -> int:
        return int(self.ballots.numbers[work])


def of_campaign(campaign: Campaign, *, jury_ranks: Mapping[UUID, int]) -> Loaded:
    """`jury_ranks`: entry -> rank; empty until the marks are in."""
    rulebook = campaigns.rulebook_of(campaign)
    works = Entry.objects.filter(
        campaign=campaign, number__isnull=False, shortlisting__isnull=False
    ).select_related("unit")
    by_number = {entry.number or 0: entry for entry in works}
    ballots = columns.of_campaign(
        campaign.pk,
        width=rulebook.ballot.works_max,
        since=rulebook.ballot.opens,
        works=sorted(by_number),
    )
    codes = {int(number): code for code, number in enumerate(ballots.numbers)}
    log = BallotLog.objects.filter(campaign=campaign).only("votes", "size").first()
    contest = Contest(
        columns=ballots.columns,
        works=len(codes),
        rule=rulebook.ballot.detection,
        bodies=_bodies(ballots.numbers.tolist(), by_number),
        midnight=_midnight(rulebook),
        windows=tuple(_windows(campaign.pk, codes, rulebook.ballot.opens)),
        claimed={
            codes[int(number)]: votes
            for number, votes in (log.votes if log else {}).items()
            if int(number) in codes
        },
        jury_ranks={
            codes[number]: jury_ranks[entry.pk]
            for number, entry in by_number.items()
            if number in codes and entry.pk in jury_ranks
        },
    )
    return Loaded(contest, ballots, {number: entry.pk for number, entry in by_number.items()})


def _bodies(numbers: list[int], entries: Mapping[int, Entry]) -> Codes:
    """The recommending body of each work as a code; -1 for individual works."""
    units: dict[UUID, Organisation] = {
        entry.unit.pk: entry.unit for entry in entries.values() if entry.unit is not None
    }
    roads = organisations.roads_of(units.values()) if units else {}
    known: dict[UUID, int] = {}
    found = []
    for number in numbers:
        entry = entries.get(number)
        top = roads[entry.unit.pk][-1] if entry is not None and entry.unit is not None else None
        is_body = top is not None and top.level == Level.BODY
        found.append(known.setdefault(top.pk, len(known)) if is_body and top else -1)
    return np.array(found, dtype=np.int32)


def _midnight(rulebook: Rulebook) -> float:
    """Seconds from the opening back to the midnight before it, as a negative number."""
    opens = rulebook.ballot.opens.astimezone(ZoneInfo(rulebook.timezone))
    midnight = opens.replace(hour=0, minute=0, second=0, microsecond=0)
    return -(opens - midnight) / timedelta(seconds=1)


def _windows(campaign_id: UUID, codes: Mapping[int, int], opens: datetime) -> list[Window]:
    declared = MobilisationWindow.objects.filter(campaign_id=campaign_id).select_related("entry")
    return [
        Window(
            codes[one.entry.number],
            (one.start - opens).total_seconds(),
            (one.end - opens).total_seconds(),
        )
        for one in declared
        if one.entry.number is not None and one.entry.number in codes
    ]
