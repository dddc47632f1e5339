"""A running intake for tests: the application itself in the test's loop, on the real database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

import httpx

from paike.campaigns.models import Campaign
from paike.config import intake as process
from paike.kernel import clock
from paike.voting.queries import contests
from paike.voting.rules import secrets, tokens
from paike.web.intake import desks
from paike.web.intake.app import Intake
from paike.web.intake.requests import Site

T = TypeVar("T")
URL = "http://127.0.0.1:8000"


@dataclass
class Place:
    """An intake and a client of it. Tokens are signed here as if they had been fetched a while ago,
    so that nobody has to wait."""

    intake: Intake
    http: httpx.AsyncClient
    slug: str
    contest: contests.Contest

    def token(
        self,
        voter: str,
        key: UUID,
        *,
        age: timedelta = timedelta(seconds=30),
        period: str | None = None,
        now: datetime | None = None,
    ) -> str:
        assert self.contest.keys is not None
        now = now or clock.now()
        desk = self.intake.desk(self.slug)
        given = tokens.Token(
            voter=self.voter(voter),
            key=key.bytes,
            period=period or desk.period(desks.microseconds(now)).name,
            issued=secrets.milliseconds(now - age),
            first_seen=secrets.milliseconds(now - age - timedelta(minutes=1)),
            network=b"networks",
            provider="phone",
        )
        return tokens.sign_token(given, slug=self.slug.encode(), key=self.contest.keys.tokens)

    def voter(self, name: str) -> bytes:
        assert self.contest.keys is not None
        return secrets.voter(self.contest.keys.secret, provider="phone", subject=name)

    def pass_of(self, name: str, *, issued: datetime | None = None) -> str:
        assert self.contest.keys is not None
        now = clock.now()
        given = tokens.Pass(self.voter(name), "phone", now - timedelta(minutes=2), issued or now)
        return tokens.sign_pass(given, slug=self.slug, key=self.contest.keys.passes)

    async def cast(
        self, voter: str, works: Sequence[int], *, key: UUID | None = None, **given: Any
    ) -> httpx.Response:
        token = self.token(voter, key or uuid4(), **given)
        return await self.send({"token": token, "works": list(works)})

    async def send(self, body: object) -> httpx.Response:
        return await self.http.post(f"/intake/{self.slug}/0/ballots", json=body)


@asynccontextmanager
async def opened(call: Campaign) -> AsyncIterator[Place]:
    """An intake that serves `call`."""
    intake = Intake(process.parameters(), site=Site(URL, 0))
    await intake.start()
    contest = await asyncio.to_thread(contests.of_campaign, call.pk, now=clock.now())
    assert contest is not None
    transport = httpx.ASGITransport(intake)
    async with httpx.AsyncClient(transport=transport, base_url=URL) as http:
        try:
            yield Place(intake, http, call.slug, contest)
        finally:
            await intake.stop()


def run(call: Campaign, scene: Callable[[Place], Awaitable[T]]) -> T:
    """Play `scene` at an open intake."""

    async def play() -> T:
        async with opened(call) as place:
            return await scene(place)

    return asyncio.run(play())
