"""A batch of ballots in one transaction: one statement, one COMMIT, for hundreds of voters.

The statement locks the log's row for sharing, so that no ballot passes the close, or names a work
behind the entry that took it out; inserts what the
constraints let in; and queues it for its place in the log. It may be sent again after a lost
connection: an equal statement still under way is waited for, and what it stored is found by key.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from psycopg import Connection

from paike.campaigns.rules.rulebook import BallotRule
from paike.voting.actions import arrays
from paike.voting.rules import grammar

ATTEMPTS = 5


class Cast(NamedTuple):
    """A ballot that fits the rulebook as far as it can be known without the voter's earlier ones.
    `key` is a UUID's 16 bytes, `works` ascend, `entry` is its leaf, `received` in microseconds since
    1970. The rest are traces for detection; `salt` is for the receipt and is not stored.

    A tuple, since a batch is turned into columns, ballots into rows of a zip."""

    voter: bytes
    key: bytes
    period: str
    works: tuple[int, ...]
    entry: bytes
    received: int
    network: bytes
    seen_for: int | None
    watched: int | None
    referral: bytes | None
    provider: str
    salt: bytes = b""
    ordinal: int = 1


class Taken(NamedTuple):
    """A ballot that is on disk. `again`: since an earlier call; then `entry`, `period` and `works`
    are those of the first time."""

    number: int
    entry: bytes
    period: str
    works: Sequence[int]
    again: bool = False


@dataclass(frozen=True, slots=True)
class UsedUp:
    """The period's ballots are cast."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """Together with the voter's earlier ballots of the period it breaks the grammar."""

    faults: list[grammar.Fault]


@dataclass(frozen=True, slots=True)
class Closed:
    """The close stands in the log."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Works came or went since the ballot was held to the list. It may be sent again."""


@dataclass(frozen=True, slots=True)
class Halted:
    """A person has to look at the log first. It may be sent again."""


Outcome = Taken | UsedUp | Faulty | Closed | Overtaken | Halted


class NotDurable(Exception):
    """The server would answer before a ballot is on disk."""


class Run(Protocol):
    """Executes one statement, binary both ways, and returns its rows."""

    async def __call__(self, sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]: ...


INSERT = """
WITH log AS MATERIALIZED (
    SELECT closed_at IS NULL AND opened_at IS NOT NULL AS open,
           candidates_version = (%(candidates)s)[1] AS current, halted_at IS NULL AS running
    FROM voting_ballotlog WHERE campaign_id = %(campaign)s FOR KEY SHARE
), taken AS (
    INSERT INTO voting_ballot (campaign_id, voter, period, ordinal, key, works, entry, cast_at,
                               network, seen_for, watched, referral, provider)
    SELECT %(campaign)s, given.voter, given.period, given.ordinal, given.key, given.works::int[],
           given.entry, to_timestamp(given.cast_at / 1e6), given.network, given.seen_for,
           given.watched, nullif(given.referral, ''), given.provider
    FROM log, unnest(%(voters)s, %(periods)s, %(ordinals)s, %(keys)s, %(works)s, %(entries)s,
                     %(cast_at)s, %(networks)s, %(seen_for)s, %(watched)s, %(referrals)s,
                     %(providers)s)
         AS given(voter, period, ordinal, key, works, entry, cast_at, network, seen_for, watched,
                  referral, provider)
    WHERE log.open AND log.current AND log.running
    ON CONFLICT DO NOTHING
    RETURNING id, voter, key
), queued AS (
    INSERT INTO voting_pending (campaign_id, ballot_id) SELECT %(campaign)s, id FROM taken
)
SELECT log.open, log.current, log.running, id, voter, uuid_send(key)
FROM (SELECT) one LEFT JOIN log ON true LEFT JOIN taken ON true
"""

BY_KEY = """
SELECT ballot.id, ballot.voter, uuid_send(ballot.key), ballot.entry, ballot.period, ballot.works
FROM unnest(%(voters)s, %(keys)s) AS given(voter, key)
JOIN voting_ballot ballot ON ballot.campaign_id = %(campaign)s
     AND ballot.voter = given.voter AND ballot.key = given.key
"""

EARLIER = """
SELECT ballot.voter, ballot.period, ballot.works
FROM (SELECT DISTINCT voter, period FROM unnest(%(voters)s, %(periods)s) AS given(voter, period)) g
JOIN voting_ballot ballot ON ballot.campaign_id = %(campaign)s
     AND ballot.voter = g.voter AND ballot.period = g.period
"""


async def commit(
    run: Run, casts: Sequence[Cast], *, campaign_id: UUID, rule: BallotRule, candidates: int
) -> list[Outcome]:
    """Store `casts`, whose (voter, key) differ, and say what became of each; all that is `Taken`
    is on disk when this returns. What was taken before the close and is sent again after it is
    still `Taken`. `candidates`: the version of the list they were held to. `run` commits what it
    executes."""
    found: dict[tuple[bytes, bytes], Outcome] = {}
    waiting: list[Cast] = list(casts)
    refused: Outcome | None = None
    for _ in range(ATTEMPTS):
        several = rule.ballots_per_period > 1
        ready = await _numbered(run, waiting, campaign_id, rule, found) if several else waiting
        if ready:
            refused = await _insert(run, ready, campaign_id, candidates, found)
        waiting = [cast for cast in waiting if _name(cast) not in found]
        if waiting:
            await _look_up(run, waiting, campaign_id, found)
            waiting = [cast for cast in waiting if _name(cast) not in found]
        if not waiting or not several or refused is not None:
            break  # one ballot a period: what was neither stored nor known has been used up
    otherwise = UsedUp() if refused is None else refused
    return [found.get(_name(cast), otherwise) for cast in casts]


async def find(run: Run, *, campaign_id: UUID, voter: bytes, key: bytes) -> Taken | None:
    """The ballot that was stored under this key."""
    rows = await run(
        BY_KEY,
        {
            "campaign": campaign_id,
            "voters": arrays.references([voter]),
            "keys": arrays.uuids([key]),
        },
    )
    return _known(rows[0]) if rows else None


async def _insert(
    run: Run,
    casts: Sequence[Cast],
    campaign_id: UUID,
    candidates: int,
    found: dict[tuple[bytes, bytes], Outcome],
) -> Closed | Overtaken | Halted | None:
    """Store what the constraints let in; why nothing was looked at at all."""
    version = {"candidates": arrays.whole([candidates])}
    rows = await run(INSERT, _columns(casts, campaign_id) | version)
    if not rows[0][0]:
        return Closed()
    if not rows[0][1]:
        return Overtaken()
    if not rows[0][2]:
        return Halted()
    by_name = {_name(cast): cast for cast in casts}
    for *_, number, voter, key in rows:
        if number is not None:
            cast = by_name[voter, key]
            found[voter, key] = Taken(number, cast.entry, cast.period, cast.works)
    return None


async def _look_up(
    run: Run, casts: Sequence[Cast], campaign_id: UUID, found: dict[tuple[bytes, bytes], Outcome]
) -> None:
    rows = await run(
        BY_KEY,
        {
            "campaign": campaign_id,
            "voters": arrays.references([cast.voter for cast in casts]),
            "keys": arrays.uuids([cast.key for cast in casts]),
        },
    )
    for row in rows:
        found[row[1], row[2]] = _known(row)


async def _numbered(
    run: Run,
    casts: Sequence[Cast],
    campaign_id: UUID,
    rule: BallotRule,
    found: dict[tuple[bytes, bytes], Outcome],
) -> list[Cast]:
    """Where a period has several ballots: which one each is, and whether together they still fit
    the grammar. Somebody else's ballot in between makes the constraint refuse; we ask again."""
    # A key may be known from another period, whose ballots are not looked at below.
    await _look_up(run, casts, campaign_id, found)
    casts = [cast for cast in casts if _name(cast) not in found]
    if not casts:
        return []
    rows = await run(
        EARLIER,
        {
            "campaign": campaign_id,
            "voters": arrays.references([cast.voter for cast in casts]),
            "periods": arrays.text([cast.period for cast in casts]),
        },
    )
    used: dict[tuple[bytes, str], int] = Counter()
    votes: dict[tuple[bytes, str], Counter[int]] = defaultdict(Counter)
    for voter, period, works in rows:
        used[voter, period] += 1
        votes[voter, period].update(works)
    ready = []
    for cast in casts:
        place = cast.voter, cast.period
        if used[place] >= rule.ballots_per_period:
            found[_name(cast)] = UsedUp()
            continue
        faults = grammar.faults(
            cast.works, rule=rule, candidates=set(cast.works), already=votes[place]
        )
        if faults:
            found[_name(cast)] = Faulty(faults)
            continue
        used[place] += 1
        votes[place].update(cast.works)
        ready.append(cast._replace(ordinal=used[place]))
    return ready


def _name(cast: Cast) -> tuple[bytes, bytes]:
    return cast.voter, cast.key


def _known(row: tuple[Any, ...]) -> Taken:
    number, _, _, entry, period, works = row
    return Taken(number, entry, period, works, again=True)


def _columns(casts: Sequence[Cast], campaign_id: UUID) -> dict[str, Any]:
    # In the order of Cast's fields; the salt is not stored.
    (
        voters, keys, periods, works, entries, received,
        networks, seen_for, watched, referrals, providers, _, ordinals,
    ) = zip(*casts, strict=True)  # fmt: skip
    return {
        "campaign": campaign_id,
        "voters": arrays.references(voters),
        "periods": arrays.text(periods),
        "ordinals": arrays.small(ordinals),
        "keys": arrays.uuids(keys),
        "works": arrays.text([f"{{{','.join(map(str, each))}}}" for each in works]),
        "entries": arrays.bytea(entries),
        "cast_at": arrays.large(received),
        "networks": arrays.fingerprints(networks),
        "seen_for": arrays.whole(seen_for),
        "watched": arrays.small(watched),
        "referrals": arrays.bytea([each or b"" for each in referrals]),
        "providers": arrays.text(providers),
    }


def connect(parameters: Mapping[str, Any]) -> Connection[Any]:
    """A connection on which every statement is a transaction that waits for the disk.

    Raises NotDurable where the server would not."""
    connection = Connection.connect(**parameters, autocommit=True)
    connection.execute("SET synchronous_commit = on")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        row = connection.execute(f"SHOW {setting}").fetchone()
        if row is None or row[0] != "on":
            connection.close()
            raise NotDurable(f"{setting} is {row and row[0]}")
    return connection
