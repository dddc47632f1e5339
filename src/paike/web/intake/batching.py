"""Ballots wait here for the next transaction: while one batch commits, the next one gathers.

No timer: with little traffic a ballot is a batch of its own, under load a batch is as large as what
arrived meanwhile. Nobody is answered before the COMMIT has returned.
"""

import asyncio
import logging
from typing import NamedTuple

from paike.voting.actions import batches
from paike.voting.actions.batches import Cast
from paike.web.intake import receipts, texts
from paike.web.intake.answers import Answer, Refusal, refusal
from paike.web.intake.database import DiskFull
from paike.web.intake.desks import Desk

log = logging.getLogger("paike.intake")

LARGEST = 500  # ballots in one transaction
BOUND = 4096  # ballots that may wait; half a second's worth on a small machine
RETRY_AFTER = 2  # seconds


class Waiting(NamedTuple):
    """A ballot, the request that waits for its answer, and which candidates it was held to."""

    cast: Cast
    answered: "asyncio.Future[Answer]"
    candidates: int


class Queue:
    """The ballots of one process that are not on disk yet."""

    def __init__(self, run: batches.Run, *, bound: int = BOUND) -> None:
        self._run = run
        self.bound = bound
        # By call, in the order in which their ballots came: a batch is of one call.
        self._waiting: dict[Desk, list[Waiting]] = {}
        self._wake = asyncio.Event()
        self._number = 0  # of ballots that wait or are being committed

    @property
    def load(self) -> float:
        """From 0, nothing waits, to 1, the next ballot is refused."""
        return self._number / self.bound

    def put(self, desk: Desk, cast: Cast) -> "asyncio.Future[Answer]":
        """Queue a ballot. Raises answers.Refusal (503) before it is accepted where too many wait."""
        if self._number >= self.bound:
            raise refusal(503, "full", texts.FULL, retry_after=RETRY_AFTER)
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._number += 1
        waiting = self._waiting.get(desk)
        if waiting is None:
            waiting = self._waiting[desk] = []
            self._wake.set()
        waiting.append(Waiting(cast, answered, desk.contest.candidates_version))
        return answered

    async def work(self) -> None:
        """Commit batch after batch, for ever."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                desk, batch = self._next()
                await self._store(desk, batch)
                self._number -= len(batch)

    async def drained(self) -> None:
        """Until nothing waits any more."""
        while self._number:
            await asyncio.sleep(0.01)

    def _next(self) -> tuple[Desk, list[Waiting]]:
        """The ballots of the call that has waited longest, at most LARGEST. What is left of it
        comes after the others."""
        desk = next(iter(self._waiting))
        batch = self._waiting.pop(desk)
        if len(batch) > LARGEST:
            self._waiting[desk] = batch[LARGEST:]
            batch = batch[:LARGEST]
        return desk, batch

    async def _store(self, desk: Desk, batch: list[Waiting]) -> None:
        # Two sendings of one ballot in a batch: one row, and the second hears that it is known.
        first: dict[tuple[bytes, bytes], Cast] = {}
        for cast, _, _ in batch:
            first.setdefault((cast.voter, cast.key), cast)
        casts = list(first.values())
        try:
            outcomes = await batches.commit(
                self._run,
                casts,
                campaign_id=desk.contest.campaign_id,
                rule=desk.contest.rule,
                # Where they changed while the batch gathered, all of it is sent again.
                candidates=min(waiting.candidates for waiting in batch),
            )
            answers = receipts.answers(desk, casts, outcomes)
        except DiskFull:
            log.error("the database has no room left: %s ballots refused", len(batch))
            self._refuse(batch, refusal(503, "full", texts.FULL, retry_after=30))
        except Exception:
            log.exception("a batch of %s ballots failed", len(batch))
            self._refuse(batch, refusal(503, "failed", texts.FAILED, retry_after=RETRY_AFTER))
        else:
            by_name = dict(zip(first, answers, strict=True))
            for cast, answered, _ in batch:
                if answered.done():  # the request has gone; its ballot is stored
                    continue
                name = cast.voter, cast.key
                answer = by_name[name]
                answered.set_result(answer if first[name] is cast else receipts.again(answer))

    @staticmethod
    def _refuse(batch: list[Waiting], why: Refusal) -> None:
        for _, answered, _ in batch:
            if not answered.done():
                answered.set_result(why.answer)
