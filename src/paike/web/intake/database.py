"""The intake's connection to PostgreSQL, and what happens when it breaks.

A statement whose connection is lost may or may not have been committed. Nobody is answered: the
same statement is sent again on a new connection. It waits for its predecessor where that still
runs, stores what was not stored, and finds by key what was.

Where the server says that its disk or memory can't be trusted, or stays away, this process ends.
A ballot is then neither refused nor confirmed, the page sends it again with the same key, and the
process that the supervisor starts looks it up.
"""

import asyncio
import logging
import os
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import errors

from paike.voting.actions import batches
from paike.voting.actions.wire import Wire

log = logging.getLogger("paike.intake")

PATIENCE = 20.0  # seconds without the database until the process ends
PAUSE = 0.1
FAILED = 70  # exit code


class DiskFull(Exception):
    """The database has no room; the transaction was rolled back."""


class Connection:
    """One connection, made anew when it breaks."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._parameters = parameters
        self._wire: Wire | None = None
        self._lock = asyncio.Lock()

    async def __call__(self, sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Execute and commit one statement that may be repeated. Raises DiskFull.

        A caller whose request goes away does not take the statement along half-way."""
        return await asyncio.shield(self._one_at_a_time(sql, parameters))

    async def _one_at_a_time(
        self, sql: str, parameters: Mapping[str, Any]
    ) -> list[tuple[Any, ...]]:
        async with self._lock:
            return await self._until_done(sql, parameters)

    async def _until_done(self, sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            try:
                async with asyncio.timeout_at(deadline):
                    wire = self._wire or await self.open()
                    return await wire.run(sql, parameters)
            except TimeoutError as fault:
                _end_after(deadline, fault)
            except errors.DiskFull as fault:
                _end_if_panic(fault)
                raise DiskFull from fault
            except (errors.DeadlockDetected, errors.SerializationFailure) as fault:
                _end_after(deadline, fault)
            except psycopg.OperationalError as fault:
                _end_if_panic(fault)
                self.close()
                _end_after(deadline, fault)
                log.warning("the database is away, asking again: %s", str(fault).strip())
                await asyncio.sleep(PAUSE)
            except psycopg.DatabaseError as fault:
                _end_if_panic(fault)
                raise

    async def open(self) -> Wire:
        """Connect. Raises psycopg.OperationalError and batches.NotDurable."""
        self._wire = Wire(await asyncio.to_thread(batches.connect, self._parameters))
        return self._wire

    def close(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()


def _end_if_panic(fault: psycopg.Error) -> None:
    """Class 58 is the system's input and output, XX data that can't be right, 57P02 a server that
    lost its shared memory to a crash; PANIC is what a failed fsync of the log is."""
    state = fault.sqlstate or ""
    severity = fault.diag.severity_nonlocalized or ""
    if severity == "PANIC" or state.startswith(("58", "XX")) or state == "57P02":
        _end(f"{severity} {state}: {fault}")


def _end_after(deadline: float, fault: Exception) -> None:
    if asyncio.get_running_loop().time() >= deadline:
        _end(f"no answer of the database for {PATIENCE:.0f} s: {fault}")


def _end(why: str) -> None:
    log.critical("the intake ends: %s", why.strip())
    logging.shutdown()
    os._exit(FAILED)  # at once: nobody may be answered any more
