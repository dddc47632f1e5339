"""The sequencer: gives what is durable its place in the log. One at a time in the whole system.

It takes what waits in the order in which it was accepted, gives it the next indexes, carries the
tree's head on, and commits all that together. Files follow after the COMMIT: whatever moment it
dies at, the database knows what the files still lack.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from paike.campaigns.queries import campaigns
from paike.voting.models import BallotLog, Snapshot
from paike.voting.rules import counts
from paike.voting.rules.ballot_log.merkle import Frontier, leaf_hash

LARGEST = 4000  # entries in one transaction
LOCK = 0x7061696B6502  # the advisory lock that makes a sequencer the only one


@dataclass(frozen=True)
class Sequenced:
    """What one turn added to a log: its entries from index `first` on, and their leaf hashes."""

    log: BallotLog
    first: int
    entries: Sequence[bytes]
    hashes: Sequence[bytes]


# However much waits, a turn looks at no more than it takes. PostgreSQL knows little of tables that
# grow by thousands of rows a second and would rather read and sort all of them. What it may not
# turn round stands as a query of its own in PLACE: OFFSET 0 keeps it one.
BY_KEYS = """
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off;
SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off
"""

# What waits longest gets the next places.
PLACE = """
WITH taken AS (
    DELETE FROM voting_pending WHERE id = ANY(ARRAY(
        SELECT id FROM voting_pending WHERE campaign_id = %(campaign)s ORDER BY id
        LIMIT %(largest)s
    ))
    RETURNING id, ballot_id, statement_id
), placed AS (
    INSERT INTO voting_logentry (campaign_id, index, ballot_id, statement_id)
    SELECT %(campaign)s, %(first)s + row_number() OVER (ORDER BY id) - 1, ballot_id, statement_id
    FROM taken
    RETURNING index, ballot_id, statement_id
)
SELECT ballot.works, coalesce(ballot.entry, statement.body)
FROM placed
LEFT JOIN LATERAL (
    SELECT works, entry FROM voting_ballot WHERE id = placed.ballot_id OFFSET 0
) ballot ON true
LEFT JOIN LATERAL (
    SELECT body FROM voting_statement WHERE id = placed.statement_id OFFSET 0
) statement ON true
ORDER BY placed.index
"""


def claim() -> bool:
    """Become the sequencer for as long as this connection lives; False: another one is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (mine,) = cursor.fetchone()
    return bool(mine)


def waiting() -> list[UUID]:
    """Calls in whose log something waits for its place."""
    with connection.cursor() as cursor:
        # One look per log, however much waits.
        cursor.execute(
            "SELECT campaign_id FROM voting_ballotlog log WHERE EXISTS "
            "(SELECT FROM voting_pending pending WHERE pending.campaign_id = log.campaign_id)"
        )
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def sequence(*, campaign_id: UUID, largest: int = LARGEST) -> Sequenced | None:
    """Give the next entries of a log their places; None: nothing waits."""
    log = (
        BallotLog.objects.select_for_update(no_key=True, of=("self",))
        .select_related("campaign")
        .get(campaign_id=campaign_id)
    )
    first = log.size
    with connection.cursor() as cursor:
        cursor.execute(BY_KEYS)
        cursor.execute(PLACE, {"campaign": campaign_id, "first": first, "largest": largest})
        rows: list[tuple[list[int] | None, Any]] = cursor.fetchall()
    if not rows:
        return None
    entries = [bytes(entry) for _, entry in rows]
    hashes = [leaf_hash(entry) for entry in entries]
    head = Frontier.read(log.size, bytes(log.frontier))
    head.extend(hashes)
    votes = Counter(log.votes)
    new = Counter(chain.from_iterable(works for works, _ in rows if works))
    votes.update({str(work): number for work, number in new.items()})
    log.size, log.frontier, log.votes = head.size, head.pack(), dict(votes)
    log.save(update_fields=["size", "frontier", "votes"])
    return Sequenced(log, first, entries, hashes)


def keep_snapshots(*, now: datetime) -> None:
    """Keep the votes of every running vote at its round moments."""
    for log in BallotLog.objects.filter(closed_at=None).select_related("campaign"):
        rule = campaigns.rulebook_of(log.campaign).ballot
        if log.opened_at is None or not rule.opens <= now < rule.closes:
            continue
        at = counts.step_before(now, opens=rule.opens)
        Snapshot.objects.get_or_create(
            campaign_id=log.campaign_id,
            at=at,
            defaults={"size": log.size, "votes": log.votes},
        )
