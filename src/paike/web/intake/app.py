"""The intake's ASGI application: `/intake/<slug>/...`.

    POST /intake/<slug>/tokens              a token for one ballot
    POST /intake/<slug>/<shard>/ballots     the ballot
    GET  /intake/<slug>/receipts/<code>     what became of it
    GET  /intake/<slug>/state               hours, period, counts

Everything a ballot needs is in memory and renewed every second; the database is asked once per
batch. Any process takes any shard: the number lets a proxy send one voter always to the same one.
"""

import asyncio
import gc
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from django.db import close_old_connections, connections

from paike.kernel import clock
from paike.voting.queries import contests
from paike.voting.queries.contests import Contest
from paike.web.intake import casting, desks, fates, gatekeeping, requests, texts
from paike.web.intake.answers import (
    FIVE_SECONDS,
    Answer,
    Message,
    Receive,
    Refusal,
    Send,
    encode,
    ok,
    refusal,
)
from paike.web.intake.batching import Queue
from paike.web.intake.database import Connection
from paike.web.intake.desks import Desk
from paike.web.intake.requests import Bodies, Headers, Site

log = logging.getLogger("paike.intake")

PREFIX = "/intake/"
GARBAGE = 20_000  # new objects between collections; a ballot makes some thirty, few in circles
RENEWED = 1.0  # seconds
FIGURES = 5  # turns after which figures are read anew, as long as their answer may be kept


class Intake:
    """One process of the intake."""

    def __init__(self, parameters: Mapping[str, Any], *, site: Site, shards: int = 1) -> None:
        self._site, self._shards = site, shards
        self._now = clock.reader()
        self._storing, self._asking = Connection(parameters), Connection(parameters)
        self.queue = Queue(self._storing)
        self._bodies = Bodies()
        self._contests: dict[str, Contest] = {}
        self._desks: dict[str, Desk] = {}
        self._states: dict[str, Answer] = {}
        # One thread renews, so that nobody's receipt holds it up; the other looks up receipts.
        self._renewing = ThreadPoolExecutor(1, thread_name_prefix="renewing")
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="reading")
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        try:
            answer = await self._answer(scope, receive)
        except Refusal as refused:
            answer = refused.answer
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            answer = refusal(500, "failed", texts.FAILED, retry_after=2).answer
        await answer.send(send)

    def desk(self, slug: str) -> Desk:
        """The desk of a vote that can take ballots. Raises KeyError."""
        return self._desks[slug]

    async def start(self) -> None:
        """Connect, read every vote, begin to commit. Raises batches.NotDurable."""
        await self._storing.open()
        await self._asking.open()
        await self.renew()
        # What stands for good is not looked through again and again: a full collection of all that
        # Django loads would hold up every ballot for a tenth of a second.
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE)
        self._tasks = [
            asyncio.create_task(self.queue.work()),
            asyncio.create_task(self._keep_renewing()),
            asyncio.create_task(self._bodies.watch()),
        ]

    async def stop(self) -> None:
        """Let what was accepted be answered, then end."""
        await self.queue.drained()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._storing.close()
        self._asking.close()
        for thread in (self._renewing, self._reading):
            await asyncio.get_running_loop().run_in_executor(thread, connections.close_all)
            thread.shutdown(wait=False)

    async def renew(self) -> None:
        """Read every vote anew."""
        now = clock.now()
        loop = asyncio.get_running_loop()
        self._contests = await loop.run_in_executor(self._renewing, _load, now)
        kept = {}
        for slug, contest in self._contests.items():
            if contest.keys is None:
                continue
            desk = self._desks.get(slug)
            if desk is None or not desk.renew(contest):
                desk = Desk(contest, contest.keys)
            kept[slug] = desk
        self._desks = kept
        self._states = {
            slug: Answer(200, encode(desks.state(contest, now=now)), FIVE_SECONDS)
            for slug, contest in self._contests.items()
        }

    async def _keep_renewing(self) -> None:
        turn, mark = 0, None
        while True:
            await asyncio.sleep(RENEWED)
            turn += 1
            try:
                found = await self._asking(contests.MARK, {})
                if found != mark or turn % FIGURES == 0:
                    await self.renew()
                    mark = found
            except Exception:
                log.warning("could not read the votes anew", exc_info=True)

    async def _answer(self, scope: Message, receive: Receive) -> Answer:
        parts = scope["path"].removeprefix(PREFIX).split("/")
        contest = self._contests.get(parts[0])
        if contest is None:
            raise refusal(404, "no-vote", texts.NO_CONTEST)
        if scope["method"] != "POST":
            return await self._shown(scope, contest, parts)
        headers = Headers(scope)
        requests.check_origin(headers, self._site, scope)
        sent = await self._bodies.read(receive)
        now = self._now()  # received is what is here whole: who holds a ballot back gains nothing
        desk = self._desks.get(contest.slug)
        if desk is None:
            raise refusal(410, "over", texts.OVER)
        if len(parts) == 3 and parts[2] == "ballots":
            return await casting.ballot(
                desk, now, sent=sent, queue=self.queue, lookups=self._asking
            )
        if parts[1:] == ["tokens"]:
            return await self._token(scope, headers, desk, now, sent)
        raise refusal(404, "no-page", texts.METHOD)

    async def _shown(self, scope: Message, contest: Contest, parts: list[str]) -> Answer:
        if scope["method"] != "GET":
            raise refusal(405, "method", texts.METHOD)
        if parts[1:] == ["state"]:
            return self._states[contest.slug]
        if len(parts) == 3 and parts[1] == "receipts":
            return await self._receipt(contest, parts[2])
        raise refusal(404, "no-page", texts.METHOD)

    async def _token(
        self,
        scope: Message,
        headers: Headers,
        desk: Desk,
        now: datetime,
        asked: Mapping[str, Any],
    ) -> Answer:
        network = requests.network(scope, headers, self._site)
        facts = gatekeeping.Facts(desk.contest, network, now, self.queue.load)
        carried = requests.cookie(headers, casting.COOKIE)
        return await casting.token(desk, facts, carried=carried, asked=asked, shards=self._shards)

    async def _receipt(self, contest: Contest, code: str) -> Answer:
        loop = asyncio.get_running_loop()
        fate = await loop.run_in_executor(self._reading, _fate, contest, code)
        if fate is None:
            raise refusal(404, "no-receipt", texts.NO_RECEIPT)
        return ok(fate)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self.start()
                except Exception as fault:
                    log.exception("the intake can't start")
                    await send({"type": "lifespan.startup.failed", "message": str(fault)})
                    raise
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


def _load(now: datetime) -> dict[str, Contest]:
    close_old_connections()
    return contests.load(now)


def _fate(contest: Contest, code: str) -> dict[str, Any] | None:
    close_old_connections()
    return fates.of_code(contest, code)
