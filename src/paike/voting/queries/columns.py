"""The ballots of a call as columns, streamed out of PostgreSQL in its binary form: some sixty bytes a
ballot and no Python object for any of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import connection

from paike.voting.rules.detection.contest import Codes, Columns, Ints

BLOCK = 4 << 20  # bytes read before they are turned into columns
HEADER, TRAILER = 19, 2  # of the binary copy format
_BEFORE = (("id", 8), ("index", 8), ("at", 8), ("voter", 8))
_AFTER = (("network", 8), ("referral", 8), ("seen_for", 4), ("watched", 4))

# Every column has one width and none is null, so that a block of rows is an array as it stands.
_SQL = """
COPY (
    SELECT b.id, e.index, (extract(epoch FROM b.cast_at) * 1000000)::int8, substr(b.voter, 1, 8),
           {works},
           coalesce(substr(b.network, 1, 8), '\\x0000000000000000'::bytea),
           coalesce(substr(b.referral, 1, 8), '\\x0000000000000000'::bytea),
           coalesce(b.seen_for, -1)::int4, coalesce(b.watched, -1)::int4
    FROM voting_ballot b JOIN voting_logentry e ON e.ballot_id = b.id
    WHERE b.campaign_id = %s
) TO STDOUT (FORMAT BINARY)
"""


class Torn(Exception):
    """The stream from the database is not what was asked for."""


@dataclass(frozen=True)
class Ballots:
    """The columns in the order of time, with each row's ballot id and place in the log, and the
    number of every work by code."""

    columns: Columns
    ids: Ints
    indexes: Ints
    numbers: Ints


def of_campaign(
    campaign_id: UUID, *, width: int, since: datetime, works: list[int] | None = None
) -> Ballots:
    """All ballots that have their place in the log. `width`: most works on one ballot; `since`: the
    moment seconds are counted from; `works`: numbers that are there whether voted for or not."""
    names = [*_BEFORE, *((f"w{place}", 4) for place in range(width)), *_AFTER]
    rows = _read(campaign_id, width, names)
    rows = rows[np.argsort(rows["at"], kind="stable")]
    named = np.stack([rows[f"w{place}"].astype(np.int32) for place in range(width)], axis=1)
    numbers = np.unique(np.append(named[named > 0], np.array(works or [], dtype=np.int32)))
    picks = np.where(named > 0, np.searchsorted(numbers, named), -1).astype(np.int16)
    picks.sort(axis=1)
    start = int(since.timestamp() * 1_000_000)
    return Ballots(
        columns=Columns(
            at=(rows["at"].astype(np.int64) - start) / 1_000_000,
            voter=np.unique(rows["voter"], return_inverse=True)[1].astype(np.int32),
            picks=picks,
            network=_codes(rows["network"]),
            referral=_codes(rows["referral"]),
            seen_for=rows["seen_for"].astype(np.int32),
            watched=rows["watched"].astype(np.int32),
        ),
        ids=rows["id"].astype(np.int64),
        indexes=rows["index"].astype(np.int64),
        numbers=numbers.astype(np.int64),
    )


def _codes(values: npt.NDArray[np.uint64]) -> Codes:
    """Small numbers for fingerprints; 0 stays 0: unknown, or none."""
    _, codes = np.unique(np.append(values, np.uint64(0)), return_inverse=True)
    return codes[:-1].astype(np.int32)


def _read(campaign_id: UUID, width: int, names: list[tuple[str, int]]) -> npt.NDArray[np.void]:
    dtype: list[tuple[str, str]] = [("fields", ">i2")]
    for name, size in names:
        dtype += [(f"{name} length", ">i4"), (name, _kind(name, size))]
    shape = np.dtype(dtype)
    kept = np.dtype([(name, _kind(name, size).replace(">", "=")) for name, size in names])
    blocks = [np.zeros(0, dtype=kept)]
    for block in _blocks(campaign_id, width, shape.itemsize):
        rows = np.frombuffer(block, dtype=shape)
        if (rows["fields"] != len(names)).any():
            raise Torn("number of fields")
        small = np.empty(len(rows), dtype=kept)
        for name, size in names:
            if (rows[f"{name} length"] != size).any():
                raise Torn(name)
            small[name] = rows[name]
        blocks.append(small)
    return np.concatenate(blocks)


def _kind(name: str, size: int) -> str:
    if name in ("voter", "network", "referral"):
        return ">u8"
    return f">i{size}"


def _blocks(campaign_id: UUID, width: int, row: int) -> Iterator[bytes]:
    """Whole rows, some megabytes at a time."""
    works = ", ".join(f"coalesce(b.works[{place + 1}], 0)::int4" for place in range(width))
    statement = _SQL.format(works=works)
    held = bytearray()
    begun = False
    with connection.cursor() as cursor, cursor.copy(statement, [campaign_id]) as copy:
        for data in copy:
            held += data
            if not begun and len(held) >= HEADER:
                del held[:HEADER]
                begun = True
            if len(held) >= BLOCK:
                whole = len(held) // row * row
                yield bytes(held[:whole])
                del held[:whole]
    if len(held) % row != TRAILER:
        raise Torn("end")
    yield bytes(held[:-TRAILER])
