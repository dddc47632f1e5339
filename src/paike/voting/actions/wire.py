"""One prepared statement at a time over libpq, for batches.

psycopg's cursor does more than a batch needs, about half a millisecond's worth; with thirty ballots
in a batch that is a third of all that a ballot costs. Here parameters are bytes already.

A thread of its own talks to the database and waits. To wait in the event loop would be one thread
less, but uvloop's loses sockets: after the database had been killed a few dozen times it no longer
watched one that it had been given, and the intake waited for ever.
"""

import asyncio
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Connection, errors, pq
from psycopg.adapt import Transformer

_NAMED = re.compile(r"%\((\w+)\)s")
_UUID = 2950
_BINARY = pq.Format.BINARY
_GOOD = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)


class Wire:
    """Statements on one connection, in autocommit. Named parameters as psycopg writes them; values
    are `arrays` or UUIDs."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        self._libpq = connection.pgconn
        self._known: dict[str, tuple[bytes, list[str]]] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="wire")

    async def run(self, sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Execute and commit; rows as Python values. Raises psycopg's errors."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._execute, sql, parameters)

    def close(self) -> None:
        """Close the connection; nothing may be running."""
        self._thread.shutdown(wait=False)
        self._connection.close()

    def _execute(self, sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        name, order = self._known.get(sql) or self._prepare(sql, parameters)
        values = [_value(parameters[each]) for each in order]
        formats = [_BINARY] * len(values)
        result = self._checked(
            self._libpq.exec_prepared(name, values, formats, result_format=_BINARY)
        )
        loader = Transformer(self._connection)
        loader.set_pgresult(result)
        return loader.load_rows(0, result.ntuples, tuple)

    def _prepare(self, sql: str, parameters: Mapping[str, Any]) -> tuple[bytes, list[str]]:
        order: list[str] = []

        def place(match: re.Match[str]) -> str:
            if match[1] not in order:
                order.append(match[1])
            return f"${order.index(match[1]) + 1}"

        numbered = _NAMED.sub(place, sql)
        name = f"batch{len(self._known)}".encode()
        oids = [_oid(parameters[each]) for each in order]
        self._checked(self._libpq.prepare(name, numbered.encode(), oids))
        self._known[sql] = name, order
        return self._known[sql]

    def _checked(self, result: Any) -> Any:  # noqa: ANN401 - libpq's result, in C or in Python
        """The result, if it is one. Raises what the server says."""
        if result.status in _GOOD:
            return result
        if result.error_field(pq.DiagnosticField.SQLSTATE):
            raise errors.error_from_result(result)
        raise psycopg.OperationalError(self._libpq.get_error_message() or "the connection is gone")


def _value(value: Any) -> bytes:  # noqa: ANN401 - bytes of `arrays`, or a UUID
    return value.bytes if isinstance(value, UUID) else value


def _oid(value: Any) -> int:  # noqa: ANN401 - as above
    return _UUID if isinstance(value, UUID) else int(value.oid)
