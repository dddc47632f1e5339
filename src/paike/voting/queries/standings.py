"""What counts and what does not: quarantined, released, void, paused, zeroed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from paike.voting.models import (
    Act,
    Ballot,
    BallotLog,
    Inquiry,
    OfficialCount,
    Quarantine,
    QuarantinedBallot,
    Ruling,
    Sanction,
    Snapshot,
    Statement,
)
from paike.voting.queries import candidates
from paike.voting.rules import sanctioning

STATES: dict[str | None, str] = {
    None: "quarantined",
    Act.RELEASE.value: "released",
    Act.VOID.value: "void",
}

# No look for stuffed ballots takes longer from its beginning, which is the time its quarantines bear.
A_LOOK = timedelta(hours=1)


@dataclass
class Figures:
    """A call's ballots, and votes by work's number, each by what became of them. `rules`: by
    detector, ballots by state; a ballot that several detectors speak against stands at each."""

    accepted: int = 0
    ballots: Counter[str] = field(default_factory=Counter)
    votes: dict[str, Counter[int]] = field(
        default_factory=lambda: {state: Counter() for state in STATES.values()}
    )
    rules: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def valid(self) -> int:
        """Ballots that count: never set aside, or released."""
        return self.accepted - self.ballots["quarantined"] - self.ballots["void"]


def of_quarantine(quarantine: Quarantine) -> str:
    """quarantined, released or void."""
    return STATES[_act(quarantine)]


def quarantines(campaign_id: UUID) -> QuerySet[Quarantine]:
    """All of a call with their rulings and answers, the latest first."""
    found = Quarantine.objects.filter(campaign_id=campaign_id).select_related(
        "entry", "inquiry", "explanation", "explanation__by"
    )
    return found.prefetch_related(
        "rulings__proposed_by", "rulings__confirmed_by", "rulings__refused_by", "rulings__sanction"
    ).order_by("-at", "id")


def of_entry(entry_id: UUID) -> list[Quarantine]:
    """The quarantines that concern a work, the latest first."""
    found = Quarantine.objects.filter(entry_id=entry_id).select_related(
        "inquiry", "explanation", "campaign"
    )
    return list(found.prefetch_related("rulings").order_by("-at"))


def by_id(quarantine_id: UUID) -> Quarantine | None:
    found = Quarantine.objects.filter(pk=quarantine_id).select_related(
        "entry", "campaign", "inquiry", "explanation"
    )
    return found.prefetch_related("rulings").first()


def pending_ruling(quarantine: Quarantine) -> Ruling | None:
    """A proposal that waits for the second person."""
    return next(
        (
            one
            for one in quarantine.rulings.all()
            if one.confirmed_at is None and one.refused_at is None
        ),
        None,
    )


def ruling_of(quarantine: Quarantine) -> Ruling | None:
    """The ruling that holds."""
    return next((one for one in quarantine.rulings.all() if one.confirmed_at is not None), None)


def _act(quarantine: Quarantine) -> str | None:
    held = ruling_of(quarantine)
    return held.act if held else None


def figures(campaign_id: UUID) -> Figures:
    """All figures of a call. A handful of rows a work, never a look at the ballots."""
    found = Figures(accepted=_in_log(campaign_id))
    rows = Quarantine.objects.filter(campaign_id=campaign_id).prefetch_related("rulings")
    for one in rows:
        state = of_quarantine(one)
        found.ballots[state] += one.ballots
        for number, votes in one.votes.items():
            found.votes[state][int(number)] += votes
        for detector in set(one.detectors):
            found.rules.setdefault(detector, Counter())[state] += one.ballots
    return found


def _in_log(campaign_id: UUID) -> int:
    """Ballots in the log: its size without the statements, which are few. No ballot is read."""
    log = BallotLog.objects.filter(campaign_id=campaign_id).only("size").first()
    if log is None:
        return 0
    stated = Statement.objects.filter(campaign_id=campaign_id, log_entry__isnull=False)
    return log.size - stated.count()


def out_of_count(campaign_id: UUID, *, at: Snapshot | None = None) -> Counter[int]:
    """Votes, by work's number, of ballots that are quarantined or void; with `at` only of those
    that the snapshot's votes hold."""
    lost: Counter[int] = Counter()
    released = Q(rulings__act=Act.RELEASE, rulings__confirmed_at__isnull=False)
    rows = Quarantine.objects.filter(campaign_id=campaign_id).exclude(
        pk__in=Quarantine.objects.filter(released).values("pk")
    )
    # What was set aside well before the snapshot was in the log by then; the rest is looked at.
    known = rows.filter(at__lte=at.at - A_LOOK) if at else rows
    for votes in known.values_list("votes", flat=True):
        for number, many in votes.items():
            lost[int(number)] += many
    if at:
        later = rows.filter(at__gt=at.at - A_LOOK).values_list("pk", flat=True)
        lost.update(_votes_before(at.size, list(later)))
    return lost


def _votes_before(size: int, quarantines: list[UUID]) -> dict[int, int]:
    """Votes of quarantined ballots among the first `size` entries of the log."""
    if not quarantines:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT work, count(*)
            FROM voting_quarantinedballot held
            JOIN voting_logentry entry ON entry.ballot_id = held.ballot_id AND entry.index < %s
            JOIN voting_ballot ballot ON ballot.id = held.ballot_id
            CROSS JOIN unnest(ballot.works) work
            WHERE held.quarantine_id = ANY(%s)
            GROUP BY work
            """,
            [size, quarantines],
        )
        return dict(cursor.fetchall())


def zeroed(campaign_id: UUID) -> set[int]:
    """Works whose votes a sanction took away, by number."""
    found = Sanction.objects.filter(campaign_id=campaign_id, act="zero-votes")
    return set(found.values_list("work", flat=True))


def paused(campaign_id: UUID, *, now: datetime) -> dict[int, datetime]:
    """Works that take no votes at `now`, by number, and until when."""
    found = Sanction.objects.filter(campaign_id=campaign_id, act="pause-work", until__gt=now)
    ends: dict[int, datetime] = {}
    for number, until in found.values_list("work", "until"):
        if until is not None:
            ends[number] = max(until, ends.get(number, until))
    return ends


def counted(campaign_id: UUID) -> dict[int, int]:
    """The votes that count, by number, of every work in the race."""
    log = BallotLog.objects.filter(campaign_id=campaign_id).only("votes").first()
    cast, lost, gone = (log.votes if log else {}), out_of_count(campaign_id), zeroed(campaign_id)
    return {
        number: 0 if number in gone else max(cast.get(str(number), 0) - lost[number], 0)
        for number in candidates.numbers(campaign_id).values()
    }


def states_of(ballot_ids: Iterable[int]) -> dict[int, str]:
    """Ballot -> quarantined, released or void; ballots that were never set aside are left out."""
    found = QuarantinedBallot.objects.filter(ballot_id__in=list(ballot_ids))
    rows = found.select_related("quarantine").prefetch_related("quarantine__rulings")
    return {one.ballot_id: of_quarantine(one.quarantine) for one in rows}


def reason_of(ballot: Ballot) -> str:
    """Why a ballot is released or void, as the ruling says; empty where there is none."""
    held = Ruling.objects.filter(
        quarantine__set_aside__ballot=ballot, confirmed_at__isnull=False
    ).first()
    return held.reason if held else ""


def latest_count(campaign_id: UUID) -> OfficialCount | None:
    return OfficialCount.objects.filter(campaign_id=campaign_id).order_by("-number").first()


def ruling(ruling_id: UUID) -> Ruling | None:
    return Ruling.objects.filter(pk=ruling_id).select_related("quarantine").first()


def is_asked(entry_id: UUID) -> bool:
    """Whether ballots for the work are set aside and nobody has decided yet."""
    return _undecided().filter(entry_id=entry_id).exists()


def undecided(campaign_id: UUID) -> int:
    """How many quarantines of a call wait for two people."""
    return _undecided().filter(campaign_id=campaign_id).count()


def unasked() -> QuerySet[Quarantine]:
    """Quarantines that wait for two people, and about which no entrant was asked yet."""
    return _undecided().filter(inquiry__isnull=True)


def answer_until(quarantine: Quarantine) -> datetime | None:
    """How long the entrant has to explain; None: nobody asked yet."""
    inquiry: Inquiry | None = getattr(quarantine, "inquiry", None)
    return inquiry.answer_until if inquiry is not None else None


def may_void(quarantine: Quarantine, *, now: datetime) -> bool:
    answered = hasattr(quarantine, "explanation")
    return sanctioning.may_void(answered=answered, answer_until=answer_until(quarantine), now=now)


def _undecided() -> QuerySet[Quarantine]:
    return Quarantine.objects.exclude(rulings__confirmed_at__isnull=False)
