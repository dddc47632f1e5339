"""The intake over HTTP, on a real database."""

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.db import connection

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.kernel import clock
from paike.voting.actions import ballot_logs
from paike.voting.models import Ballot, BallotLog
from paike.web.intake.answers import refusal
from tests.factories import ballots, race
from tests.web.intake import polling_place
from tests.web.intake.polling_place import Place

pytestmark = pytest.mark.django_db(transaction=True)
FIVE = [1, 2, 3, 4, 5]


def one(call: Campaign, *works: int, **given: Any) -> httpx.Response:
    async def scene(place: Place) -> httpx.Response:
        return await place.cast("anna", works or FIVE, **given)

    return polling_place.run(call, scene)


def test_a_ballot_gets_a_receipt_once_it_is_on_disk(call: Campaign) -> None:
    answer = one(call)
    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    (ballot,) = Ballot.objects.all()
    assert receipt["entry"].encode() == bytes(ballot.entry)
    assert receipt["format"] == "paike-receipt-1"
    assert len(receipt["code"]) == 16
    assert receipt["promise"]["size"] == 1
    assert receipt["promise"]["note"].startswith(f"paike-promise/v1\n{receipt['origin']}\n")
    assert ballot.seen_for == 90
    assert answer.headers["cache-control"] == "no-store"


def test_the_way_through_pass_token_and_ballot(call: Campaign) -> None:
    async def scene(place: Place) -> tuple[httpx.Response, ...]:
        key = str(uuid4())
        address = f"/intake/{place.slug}/tokens"
        without = await place.http.post(address, json={"key": key})
        cookies = {"Cookie": f"paike_pass={place.pass_of('anna')}"}
        given = await place.http.post(address, json={"key": key}, headers=cookies)
        assert given.status_code == 200, given.text
        body = {"token": given.json()["token"], "works": FIVE}
        early = await place.http.post(given.json()["cast"], json=body)
        await asyncio.sleep(3.1)
        taken = await place.http.post(given.json()["cast"], json=body)
        return without, given, early, taken

    without, given, early, taken = polling_place.run(call, scene)
    assert (without.status_code, without.json()["code"]) == (401, "no-pass")
    assert without.json()["pass"] == f"/c/{call.slug}/ballots/pass/"
    assert given.status_code == 200
    assert (early.status_code, early.json()["code"]) == (425, "too-early")
    assert taken.status_code == 201


def test_the_same_key_is_the_same_receipt(call: Campaign) -> None:
    key = uuid4()

    async def scene(place: Place) -> list[httpx.Response]:
        first = await place.cast("anna", FIVE, key=key)
        return [first, await place.cast("anna", [3, 4, 5, 6, 7], key=key)]

    first, again = polling_place.run(call, scene)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["again"] is True
    for name in ("code", "entry", "salt", "voter", "origin"):
        assert first.json()[name] == again.json()[name]


def test_a_work_that_left_does_not_take_the_receipt_along(call: Campaign) -> None:
    """The first answer got lost; before the page asked again, a work of the ballot left."""
    key = uuid4()

    async def scene(place: Place) -> list[httpx.Response]:
        first = await place.cast("anna", FIVE, key=key)
        await asyncio.to_thread(leave)
        await place.intake.renew()
        return [
            first,
            await place.cast("anna", FIVE, key=key),
            await place.cast("berta", FIVE),
        ]

    def leave() -> None:
        race.withdraw(Entry.objects.get(campaign=call, number=3))
        connection.close()

    first, again, new = polling_place.run(call, scene)
    assert (first.status_code, again.status_code, new.status_code) == (201, 200, 422)
    assert first.json()["code"] == again.json()["code"]


def test_two_sendings_in_one_batch_are_one_ballot_and_the_second_is_told(call: Campaign) -> None:
    key = uuid4()

    async def scene(place: Place) -> list[httpx.Response]:
        return list(await asyncio.gather(*(place.cast("anna", FIVE, key=key) for _ in range(4))))

    answers = polling_place.run(call, scene)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["code"] for answer in answers}) == 1
    assert Ballot.objects.count() == 1


def test_two_ballots_of_one_voter_at_once_are_one(call: Campaign) -> None:
    async def scene(place: Place) -> list[httpx.Response]:
        return list(await asyncio.gather(*(place.cast("anna", FIVE) for _ in range(6))))

    answers = polling_place.run(call, scene)
    assert sorted(answer.status_code for answer in answers) == [201, *[409] * 5]
    refused = next(answer.json() for answer in answers if answer.status_code == 409)
    assert refused["code"] == "already-voted"
    assert refused["next_at"] > clock.now().isoformat()


@pytest.mark.parametrize(
    ("works", "fault"),
    [([1, 2, 3, 4], "not-exactly"), ([1, 1, 2, 3, 4], "too-often"), ([1, 2, 3, 4, 99], "not-a-candidate")],
)  # fmt: skip
def test_the_grammar_is_the_rulebooks(call: Campaign, works: list[int], fault: str) -> None:
    answer = one(call, *works)
    assert answer.status_code == 422
    assert [each["key"] for each in answer.json()["faults"]] == [fault]
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"works": [1]}', b'{"token": 7}', b'{"token": "a.b", "works": []}', b"\xff" * 9000,
     b"[" * 8000, b'{"works": NaN}'],
)  # fmt: skip
def test_what_is_no_ballot_is_refused_kindly(call: Campaign, body: bytes) -> None:
    async def scene(place: Place) -> httpx.Response:
        return await place.http.post(f"/intake/{place.slug}/0/ballots", content=body)

    answer = polling_place.run(call, scene)
    assert answer.status_code in (400, 403)
    assert answer.json()["zh"]
    assert answer.json()["en"]


@pytest.mark.parametrize("works", ["12345", [1, 2, 3, 4, "5"], [1, 2, 3, 4, True], None, {"1": 2}])
def test_works_that_are_no_numbers(call: Campaign, works: object) -> None:
    async def scene(place: Place) -> httpx.Response:
        return await place.send({"token": place.token("anna", uuid4()), "works": works})

    assert polling_place.run(call, scene).status_code == 400


def test_a_token_is_for_one_call_and_can_not_be_bent(call: Campaign) -> None:
    async def scene(place: Place) -> list[int]:
        token = place.token("anna", uuid4())
        other = "B" if token[30] == "A" else "A"
        bent = token[:30] + other + token[31:]
        answers = [await place.send({"token": text, "works": FIVE}) for text in (bent, token[:-3])]
        old = await place.cast("anna", FIVE, age=timedelta(minutes=11))
        yesterday = await place.cast("anna", FIVE, period="2020-01-01")
        return [answer.status_code for answer in (*answers, old, yesterday)]

    assert polling_place.run(call, scene) == [403, 403, 403, 403]


def test_an_answer_that_got_lost_is_given_again_however_late(call: Campaign) -> None:
    key = uuid4()

    async def scene(place: Place) -> tuple[httpx.Response, httpx.Response]:
        await place.cast("anna", FIVE, key=key)
        old = await place.cast("anna", FIVE, key=key, age=timedelta(hours=3))
        await asyncio.to_thread(ballot_logs.close_due, now=race.after_the_vote(call))
        await place.intake.renew()
        return old, await place.cast("anna", FIVE, key=key)

    old, closed = polling_place.run(call, scene)
    assert (old.status_code, closed.status_code) == (200, 200)
    assert old.json()["code"] == closed.json()["code"]


def test_in_the_second_of_the_opening_nobody_is_turned_away(call: Campaign) -> None:
    """The hour has come, the log does not state it yet: the phone tries again and is taken."""
    BallotLog.objects.update(opened_at=None)

    async def scene(place: Place) -> tuple[httpx.Response, ...]:
        cookies = {"Cookie": f"paike_pass={place.pass_of('anna')}"}
        address = f"/intake/{place.slug}/tokens"
        token = await place.http.post(address, json={"key": str(uuid4())}, headers=cookies)
        ballot = await place.cast("anna", FIVE)
        await asyncio.to_thread(ballot_logs.open_due, now=clock.now())
        await place.intake.renew()
        return token, ballot, await place.cast("anna", FIVE)

    *early, taken = polling_place.run(call, scene)
    assert [(one.status_code, one.json()["code"]) for one in early] == [(503, "opening")] * 2
    assert all(one.headers["retry-after"] == "1" for one in early)
    assert taken.status_code == 201


def test_after_the_close_nothing_new_is_taken(call: Campaign) -> None:
    async def scene(place: Place) -> tuple[httpx.Response, httpx.Response]:
        # The close stands in the database, and this process has not heard of it yet.
        await asyncio.to_thread(ballot_logs.close_due, now=race.after_the_vote(call))
        unheard = await place.cast("anna", FIVE)
        await place.intake.renew()
        return unheard, await place.cast("berta", FIVE)

    unheard, heard = polling_place.run(call, scene)
    assert [unheard.status_code, heard.status_code] == [410, 410]
    assert not Ballot.objects.exists()


def test_in_the_second_of_the_close_nobody_is_told_what_may_be_untrue(
    call: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ballot of the last second is being committed while the phone sends it again."""

    async def scene(place: Place) -> list[httpx.Response]:
        closes, key = place.contest.rule.closes, uuid4()
        clocks = [closes - timedelta(seconds=1)]
        monkeypatch.setattr(place.intake, "_now", lambda: clocks[-1])
        committing, run = asyncio.Event(), place.intake.queue._run

        async def slow(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
            await committing.wait()
            return await run(sql, parameters)

        place.intake.queue._run = slow
        first = asyncio.create_task(place.cast("anna", FIVE, key=key, now=clocks[-1]))
        await asyncio.sleep(0.1)
        clocks.append(closes + timedelta(seconds=1))
        unsure = await place.cast("anna", FIVE, key=key, now=clocks[0])
        committing.set()
        answers = [await first, unsure, await place.cast("anna", FIVE, key=key, now=clocks[0])]
        clocks.append(closes + timedelta(minutes=1))
        return [*answers, await place.cast("berta", FIVE, now=clocks[0])]

    answers = polling_place.run(call, scene)
    assert [answer.status_code for answer in answers] == [201, 503, 200, 410]
    assert answers[1].json()["code"] == "closing"


def test_who_asks_when_the_secret_is_destroyed_hears_no_guess(call: Campaign) -> None:
    async def scene(place: Place) -> httpx.Response:
        later = race.after_the_vote(call)
        await asyncio.to_thread(ballot_logs.close_due, now=later)
        later += ballot_logs.SECRET_KEPT
        await asyncio.to_thread(ballot_logs.destroy_due_secrets, now=later)
        token = place.token("anna", uuid4())
        await place.intake.renew()
        return await place.send({"token": token, "works": FIVE})

    answer = polling_place.run(call, scene)
    assert (answer.status_code, answer.json()["code"]) == (410, "over")


def test_a_full_queue_sheds_before_accepting(call: Campaign) -> None:
    async def scene(place: Place) -> list[httpx.Response]:
        place.intake.queue.bound = 3
        voters = [f"voter{number}" for number in range(8)]
        return list(await asyncio.gather(*(place.cast(voter, FIVE) for voter in voters)))

    answers = polling_place.run(call, scene)
    taken = [answer for answer in answers if answer.status_code == 201]
    full = [answer for answer in answers if answer.status_code == 503]
    assert len(taken) + len(full) == 8
    assert full
    assert all(answer.headers["retry-after"] == "2" for answer in full)
    assert Ballot.objects.count() == len(taken)


def test_other_sites_may_not_send(call: Campaign) -> None:
    async def scene(place: Place) -> list[int]:
        address = f"/intake/{place.slug}/0/ballots"
        body = {"token": place.token("anna", uuid4()), "works": FIVE}
        evil = {"Origin": "https://evil.example"}
        cross = {"Sec-Fetch-Site": "cross-site"}
        ours = {"Origin": polling_place.URL}
        return [
            (await place.http.post(address, json=body, headers=headers)).status_code
            for headers in (evil, cross, ours)
        ]

    assert polling_place.run(call, scene) == [403, 403, 201]


def test_receipts_and_state_are_public_and_tell_no_choices(call: Campaign) -> None:
    async def scene(place: Place) -> list[httpx.Response]:
        code = (await place.cast("anna", FIVE)).json()["code"]
        before = await place.http.get(f"/intake/{place.slug}/receipts/{code}")
        await asyncio.to_thread(ballots.sequence, call)
        after = await place.http.get(f"/intake/{place.slug}/receipts/{code.lower()}")
        wrong = await place.http.get(f"/intake/{place.slug}/receipts/{code[::-1]}")
        return [before, after, wrong, await place.http.get(f"/intake/{place.slug}/state")]

    before, after, wrong, state = polling_place.run(call, scene)
    assert before.json()["state"] == "accepted"
    assert after.json() | {"proof": None} == {"state": "logged", "index": 2, "proof": None}
    assert wrong.status_code == 404
    assert state.json()["open"] is True
    assert state.headers["cache-control"] == "public, max-age=5"
    assert "works" not in json.dumps(before.json())


def test_no_other_address_or_method(call: Campaign) -> None:
    async def scene(place: Place) -> list[int]:
        slug = place.slug
        found = [
            await place.http.get(f"/intake/{path}")
            for path in ("", "nobody/state", slug, f"{slug}/x")
        ]
        found += [await place.http.post(f"/intake/{slug}/x", json={})]
        found += [await place.http.put(f"/intake/{slug}/state")]
        return [answer.status_code for answer in found]

    assert polling_place.run(call, scene) == [404, 404, 404, 404, 404, 405]


def test_every_refusal_has_a_retry_or_words() -> None:
    from paike.web.intake import texts

    for name, text in vars(texts).items():
        if name.isupper():
            assert refusal(400, name, text).answer.body


def test_a_halted_vote_asks_for_patience_and_finds_what_it_has(call: Campaign) -> None:
    async def scene(place: Place) -> list[httpx.Response]:
        key = uuid4()
        first = await place.cast("anna", FIVE, key=key)
        held = await place.http.post(f"/intake/{place.slug}/tokens", json={})
        await asyncio.to_thread(halt)
        unheard = await place.cast("berta", FIVE)
        await place.intake.renew()
        heard = [await place.cast("berta", FIVE), await place.cast("anna", FIVE, key=key)]
        token = await place.http.post(f"/intake/{place.slug}/tokens", json={})
        return [first, held, unheard, *heard, token]

    def halt() -> None:
        ballot_logs.halt(BallotLog.objects.get(campaign=call).pk, now=clock.now())
        connection.close()

    answers = polling_place.run(call, scene)
    assert [answer.status_code for answer in answers] == [201, 401, 503, 503, 200, 503]
    assert {answer.json()["code"] for answer in (*answers[2:4], answers[5])} == {"halted"}
    assert answers[3].headers["retry-after"] == "30"
