"""Voters who hold a ballot back, ask without end, or are quicker than a decision."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.db import connection

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.kernel import clock
from paike.voting.actions import ballot_logs
from paike.voting.models import Ballot
from paike.voting.rules.grammar import slot
from paike.web.intake import gatekeeping, requests, throttles
from tests.factories import race
from tests.web.intake import polling_place
from tests.web.intake.polling_place import Place

pytestmark = pytest.mark.django_db(transaction=True)
FIVE = [1, 2, 3, 4, 5]


def test_a_ballot_is_received_when_all_of_it_is_here(
    call: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held back over midnight it would stand in the log among tomorrow's, and whoever verifies the
    log would find it back-dated."""

    async def scene(place: Place) -> httpx.Response:
        clocks = [clock.now()]
        monkeypatch.setattr(place.intake, "_now", lambda: clocks[-1])
        body = b'{"token":"%s","works":[1,2,3,4,5]}' % place.token("anna", uuid4()).encode()

        async def held_back() -> AsyncIterator[bytes]:
            yield body[:20]
            clocks.append(_tomorrow(place, clocks[0]))
            yield body[20:]

        return await place.http.post(f"/intake/{place.slug}/0/ballots", content=held_back())

    answer = polling_place.run(call, scene)
    assert answer.status_code in (403, 410)
    assert not Ballot.objects.exists()


def _tomorrow(place: Place, now: datetime) -> datetime:
    found = slot(place.contest.rule, now=now, zone=place.contest.zone).next_at
    return found or place.contest.rule.closes


def test_a_body_that_drips_is_given_up(call: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "PATIENCE", 0.2)

    async def dripping() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" "
            await asyncio.sleep(0.05)

    async def scene(place: Place) -> httpx.Response:
        address = f"/intake/{place.slug}/0/ballots"
        return await asyncio.wait_for(place.http.post(address, content=dripping()), 3)

    answer = polling_place.run(call, scene)
    assert (answer.status_code, answer.json()["code"]) == (408, "body")


def test_old_tokens_ask_the_database_no_oftener_than_new_ones(
    call: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them is looked up on the connection that also hears of closes and pauses."""
    monkeypatch.setattr(gatekeeping, "_casters", throttles.Throttle(throttles.VOTER))

    async def scene(place: Place) -> list[int]:
        token = place.token("anna", uuid4(), age=timedelta(hours=1))
        sent = [place.send({"token": token, "works": FIVE}) for _ in range(60)]
        return [answer.status_code for answer in await asyncio.gather(*sent)]

    statuses = polling_place.run(call, scene)
    assert set(statuses) == {403, 429}
    assert statuses.count(403) <= 25


def test_no_ballot_names_a_work_behind_the_entry_that_took_it_out(call: Campaign) -> None:
    """This process has not heard of it yet. In the log such a ballot would break the rules."""

    async def scene(place: Place) -> list[httpx.Response]:
        key = uuid4()
        first = await place.cast("anna", FIVE, key=key)
        await asyncio.to_thread(leave)
        unheard = [await place.cast("berta", FIVE), await place.cast("anna", FIVE, key=key)]
        await place.intake.renew()
        heard = [await place.cast("berta", FIVE), await place.cast("berta", [1, 2, 4, 5, 6])]
        return [first, *unheard, *heard]

    def leave() -> None:
        leaving = Entry.objects.get(campaign=call, number=3)
        race.withdraw(leaving)
        ballot_logs.when_left(entry_id=leaving.pk, reason="withdrawn", now=clock.now())
        connection.close()

    answers = polling_place.run(call, scene)
    assert [answer.status_code for answer in answers] == [201, 503, 200, 422, 201]
    assert answers[1].headers["retry-after"]


def test_what_waits_while_a_work_leaves_is_judged_by_what_was_known_when_it_came(
    call: Campaign,
) -> None:
    """A ballot is queued, then the work leaves and this process hears of it, then the batch starts."""

    async def scene(place: Place) -> list[Any]:
        holding = asyncio.Event()
        run = place.intake.queue._run

        async def slow(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
            await holding.wait()
            return await run(sql, parameters)

        place.intake.queue._run = slow
        first = asyncio.create_task(place.cast("anna", [1, 2, 4, 5, 6]))
        await asyncio.sleep(0.05)
        queued = asyncio.create_task(place.cast("berta", FIVE))
        await asyncio.sleep(0.05)
        await asyncio.to_thread(leave)
        await place.intake.renew()
        holding.set()
        return [(await each).status_code for each in (first, queued)]

    def leave() -> None:
        leaving = Entry.objects.get(campaign=call, number=3)
        race.withdraw(leaving)
        ballot_logs.when_left(entry_id=leaving.pk, reason="withdrawn", now=clock.now())
        connection.close()

    assert polling_place.run(call, scene)[1] == 503
    assert not Ballot.objects.filter(works__contains=[3]).exists()
