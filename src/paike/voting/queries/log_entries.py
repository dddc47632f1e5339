"""The entries of a ballot log, as they were promised and stated."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from paike.campaigns.queries import campaigns
from paike.voting.models import BallotLog, LogEntry, Snapshot
from paike.voting.rules import counts

READ = """
SELECT coalesce(ballot.entry, statement.body)
FROM voting_logentry place
LEFT JOIN voting_ballot ballot ON ballot.id = place.ballot_id
LEFT JOIN voting_statement statement ON statement.id = place.statement_id
WHERE place.campaign_id = %s AND place.index >= %s AND place.index < %s
ORDER BY place.index
"""


def read(campaign_id: UUID, *, first: int, end: int) -> list[bytes]:
    """The entries from index `first` up to, without, `end`."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [campaign_id, first, end])
        return [bytes(row[0]) for row in cursor.fetchall()]


def readable_to(log: BallotLog, *, now: datetime) -> int:
    """How many of the first entries everybody may read at `now`: whoever can read ballots can count
    them, so they follow the figures that the rulebook shows. All of them after the close."""
    if log.opened_at is None or log.closed_at is not None:
        return log.size
    as_of = counts.as_of(campaigns.rulebook_of(log.campaign).ballot, now=now)
    if as_of is not None and as_of >= now:
        return log.size
    if as_of is not None:
        past = Snapshot.objects.filter(campaign_id=log.campaign_id, at__lte=as_of)
        last = past.order_by("-at").first()
        if last is not None:
            return last.size
    return _before_ballots(log)


def _before_ballots(log: BallotLog) -> int:
    opening = LogEntry.objects.filter(campaign_id=log.campaign_id, statement__kind="open").first()
    return log.size if opening is None else opening.index + 1
