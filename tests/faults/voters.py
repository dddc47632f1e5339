"""Voters under load: each has one ballot, sends it until somebody answers, and keeps the receipt."""

import asyncio
import random
import threading
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from paike.voting.rules import secrets, tokens
from tests.faults.installation import wait

AT_ONCE = 24
TAKEN = (200, 201)
PATIENCE = 60.0  # seconds a voter tries
TIMEOUT = 15.0


@dataclass
class Acknowledged:
    """A ballot whose voter was told that it counts."""

    voter: bytes
    key: bytes
    receipt: dict[str, Any]


@dataclass
class Crowd:
    """Voters who go on voting until `stop`; `answers` counts what they were told."""

    urls: tuple[str, ...]  # of the intakes; a voter's share of them goes by the voter
    slug: str
    token_key: bytes
    period: str
    acknowledged: list[Acknowledged] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)  # voters who gave up
    too_late: list[bytes] = field(default_factory=list)  # keys of those told that it is closed
    _next: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._vote()))
        self._thread.start()

    def send_home(self) -> None:
        """No new voters."""
        self._stop.set()

    def stop(self) -> None:
        """No new voters; those under way get their answers."""
        self.send_home()
        if self._thread:
            self._thread.join(PATIENCE + TIMEOUT)
            assert not self._thread.is_alive()

    def wait_for(self, number: int, *, seconds: float, what: str) -> None:
        """Until so many more ballots are acknowledged."""
        wanted = len(self.acknowledged) + number
        wait(lambda: len(self.acknowledged) >= wanted, seconds=seconds, what=what)

    async def _vote(self) -> None:
        limits = httpx.Limits(max_connections=AT_ONCE)
        async with httpx.AsyncClient(timeout=TIMEOUT, limits=limits, trust_env=False) as http:
            await asyncio.gather(*(self._stand(http) for _ in range(AT_ONCE)))

    async def _stand(self, http: httpx.AsyncClient) -> None:
        while not self._stop.is_set():
            self._next += 1
            await self._one(http, self._next.to_bytes(16, "big"), uuid.uuid4().bytes)

    async def _one(self, http: httpx.AsyncClient, voter: bytes, key: bytes) -> None:
        """One voter with one ballot."""
        answer = await self._answer(http, voter, key)
        if answer is None:
            self.lost.append(voter.hex())
        elif answer.status_code == 410 and answer.json()["code"] == "closed":
            self.too_late.append(key)
        else:
            assert answer.status_code in TAKEN, answer.text
            self.acknowledged.append(Acknowledged(voter, key, answer.json()))
            if random.Random(key).random() < 0.1:  # some never see the answer and send again
                again = await self._again(http, voter, key)
                assert again in (None, self.acknowledged_code(key)), again

    async def _answer(
        self, http: httpx.AsyncClient, voter: bytes, key: bytes, *, further: int = 0
    ) -> httpx.Response | None:
        """As the vote page does it: the same key until there is an answer that ends it."""
        chance = random.Random(key)
        begun = asyncio.get_running_loop().time()
        while asyncio.get_running_loop().time() - begun < PATIENCE:
            try:
                answer = await self._send(http, voter, key, further=further)
            except httpx.HTTPError as fault:
                self.answers[type(fault).__name__] += 1
                await asyncio.sleep(chance.uniform(0.05, 0.3))
                continue
            self.answers[str(answer.status_code)] += 1
            if answer.status_code not in (503, 429):
                return answer
            # More hurried than the page at a 503; who is held up for that waits as the page does.
            pause = chance.uniform(0.05, 0.3)
            if answer.status_code == 429:
                pause += float(answer.headers["retry-after"])
            await asyncio.sleep(pause)
        return None

    async def _send(
        self, http: httpx.AsyncClient, voter: bytes, key: bytes, *, further: int = 0
    ) -> httpx.Response:
        """To the intake of the voter's share, or one further on. A key has its works."""
        shard = (voter[-1] + further) % len(self.urls)
        works = random.Random(key).sample(range(1, 8), 5)
        body = {"token": self._token(voter, key), "works": works}
        return await http.post(f"{self.urls[shard]}/intake/{self.slug}/{shard}/ballots", json=body)

    async def _again(self, http: httpx.AsyncClient, voter: bytes, key: bytes) -> str | None:
        try:
            answer = await self._send(http, voter, key)
        except httpx.HTTPError:
            return None
        return str(answer.json()["code"]) if answer.status_code in TAKEN else None

    def acknowledged_code(self, key: bytes) -> str:
        return next(
            str(one.receipt["code"]) for one in reversed(self.acknowledged) if one.key == key
        )

    def _token(self, voter: bytes, key: bytes) -> str:
        now = datetime.now(tz=UTC)
        given = tokens.Token(
            voter=voter,
            key=key,
            period=self.period,
            issued=secrets.milliseconds(now - timedelta(seconds=30)),
            first_seen=secrets.milliseconds(now - timedelta(minutes=2)),
            network=b"networks",
            provider="phone",
        )
        return tokens.sign_token(given, slug=self.slug.encode(), key=self.token_key)


class Pushers(Crowd):
    """Each voter sends one ballot to two intakes and another to one of them, all at once."""

    async def _one(self, http: httpx.AsyncClient, voter: bytes, key: bytes) -> None:
        rival = uuid.uuid4().bytes
        answers = await asyncio.gather(
            self._answer(http, voter, key),
            self._answer(http, voter, key, further=1),
            self._answer(http, voter, rival, further=1),
        )
        if None in answers:
            self.lost.append(voter.hex())
            return
        said = [one for one in answers if one is not None]
        taken = [one.status_code in TAKEN for one in said]
        assert taken in ([True, True, False], [False, False, True]), [one.text for one in said]
        assert all(one.json()["code"] == "already-voted" for one in said if one.status_code == 409)
        receipts = {one.json()["code"] for one in said if one.status_code in TAKEN}
        assert len(receipts) == 1, "two receipts of one ballot"
        kept = key if taken[0] else rival
        self.acknowledged.append(Acknowledged(voter, kept, said[taken.index(True)].json()))
