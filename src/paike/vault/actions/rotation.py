"""Key rotation: a new key seals from now on, and every stored value is sealed anew with it.

Works under traffic. Each batch is a transaction of its own, and a value is written back only if it
is still the one that was read: what somebody else wrote meanwhile is newer, and sealed with the new
key already or met in the second round. May be stopped and started again at any time.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from psycopg import sql

from paike.vault import cipher, keyring
from paike.vault.fields import SealedTextField

BATCH = 500
MOST_ROUNDS = 20


class Unfinished(Exception):
    """Values sealed with an older key kept appearing: some process still runs with a keyring read
    before the rotation. Restart web and worker processes and run the rotation again."""


@dataclass(frozen=True)
class Progress:
    """How far one column of one table is: rows looked at, values sealed anew."""

    table: str
    column: str
    rows: int
    sealed: int


def rotate(
    *,
    now: datetime,
    progress: Callable[[Progress], None] = lambda _: None,
    add_key: bool = True,
) -> list[Progress]:
    """Add a key (unless a rotation is only continued: `add_key=False`) and seal every value of
    every SealedTextField with it. Returns one line per column. Old keys stay in the keyring, for
    backups made before.

    Raises Unfinished, and cipher.Tampered for a value that does not open; what was done stays.
    """
    if add_key:
        keyring.add_key(Path(settings.KEYRING_FILE), now=now)
    totals = {place: Progress(*place, rows=0, sealed=0) for place in _places()}
    for _ in range(MOST_ROUNDS):
        before = sum(total.sealed for total in totals.values())
        for place in _places():
            for rows, sealed in _seal_column(*place):
                total = totals[place]
                totals[place] = Progress(*place, total.rows + rows, total.sealed + sealed)
                progress(totals[place])
        if sum(total.sealed for total in totals.values()) == before and not _left():
            return list(totals.values())
    raise Unfinished


def sealed_fields() -> Iterator[tuple[type[models.Model], SealedTextField]]:
    """Every sealed field of every model that has a table."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, SealedTextField):
                yield model, field


def _places() -> list[tuple[str, str]]:
    return sorted((model._meta.db_table, str(field.column)) for model, field in sealed_fields())


def _seal_column(table: str, column: str) -> Iterator[tuple[int, int]]:
    """Walk the table in the order of its key; yields (rows, sealed anew) per batch."""
    last = uuid.UUID(int=0)
    while True:
        with transaction.atomic():
            rows = _batch(table, column, last)
            sealed = sum(_seal_row(table, column, key, box) for key, box in rows)
        if not rows:
            return
        last = rows[-1][0]
        yield len(rows), sealed


def _batch(table: str, column: str, after: uuid.UUID) -> list[tuple[uuid.UUID, bytes]]:
    """The next rows that hold a value of an older key."""
    query = sql.SQL(
        "select id, {column} from {table} where id > %s and {column} is not null"
        " and substr({column}, 2, 4) <> %s order by id limit %s"
    ).format(column=sql.Identifier(column), table=sql.Identifier(table))
    with connection.cursor() as cursor:
        cursor.execute(query, [after, keyring.current().id, BATCH])
        return [(key, bytes(box)) for key, box in cursor.fetchall()]


def _seal_row(table: str, column: str, key: uuid.UUID, box: bytes) -> bool:
    """Whether the value was sealed anew; not when somebody changed it since it was read."""
    place = f"{table}.{column}.{key}"
    fresh = cipher.seal(cipher.open_box(box, place=place), place=place)
    query = sql.SQL("update {table} set {column} = %s where id = %s and {column} = %s").format(
        column=sql.Identifier(column), table=sql.Identifier(table)
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [fresh, key, box])
        return bool(cursor.rowcount == 1)


def _left() -> int:
    """How many values an older key still seals."""
    return sum(len(_batch(table, column, uuid.UUID(int=0))) for table, column in _places())
