"""Voting without scripts goes through the same intake, over HTTP."""

import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.kernel import clock
from paike.voting import ports
from paike.voting.actions import ballot_logs
from paike.voting.adapters.intake import AWAY, IntakeByHttp
from paike.voting.models import Ballot
from paike.voting.rules import tokens
from paike.voting.rules.buckets import Rate
from paike.web.intake import gatekeeping, throttles
from tests.factories import accounts, ballots, race
from tests.web.intake import serving

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def call(transactional_db: None, now: datetime) -> Campaign:
    return race.campaign(now=now)


@pytest.fixture
def works(call: Campaign, now: datetime) -> list[Entry]:
    made = race.shortlist(call, works=8, now=now)
    ballots.open_vote(call, now=now)
    return made


@pytest.fixture
def intake(works: list[Entry], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real intake on a port of its own; tokens may be used at once, so that no test waits."""
    monkeypatch.setattr("paike.web.intake.casting._MIN_AGE", -1)
    before = ports.intake()
    with serving.serving() as (url, _):
        ports.install_intake(IntakeByHttp(url, own=serving.URL, proxies=1))
        yield
    ports.install_intake(before)


def confirm(client: Client, call: Campaign, works: list[Entry], **more: Any) -> Any:  # noqa: ANN401 - the test client's answer
    asked = {"works": [str(work.number) for work in works]}
    return client.get(f"/c/{call.slug}/ballots/confirm/", asked, follow=True, **more)


def post(client: Client, answer: Any) -> Any:  # noqa: ANN401 - the test client's answer
    """Tap the button of the page."""
    fields = dict(
        re.findall(r'name="(works|key|token|address)" value="([^"]*)"', answer.content.decode())
    )
    return client.post(urlsplit(answer.request["PATH_INFO"]).path, fields)


def test_a_ballot_is_shown_confirmed_and_counted(
    call: Campaign, works: list[Entry], intake: None
) -> None:
    voter = accounts.client(accounts.account())
    shown = confirm(voter, call, works[:5])
    assert shown.status_code == 200
    for work in works[:5]:
        assert work.title in shown.content.decode()
    done = post(voter, shown)
    ballot = Ballot.objects.get()
    assert ballot.works == [work.number for work in works[:5]]
    assert ballot.provider == "phone"
    receipt = voter.get(done["Location"])
    assert receipt.status_code == 200
    assert works[0].title in receipt.content.decode()  # folded, for its voter
    again = post(voter, shown)
    assert again["Location"] == done["Location"]
    assert Ballot.objects.count() == 1


def test_nobody_votes_without_a_pass(call: Campaign, works: list[Entry], intake: None) -> None:
    answer = confirm(Client(), call, works[:5])
    assert answer.redirect_chain[-1][0].startswith("/sign-in/")
    assert not Ballot.objects.exists()


def test_a_refusal_is_told_and_the_choice_stands(
    call: Campaign, works: list[Entry], intake: None
) -> None:
    voter = accounts.client(accounts.account())
    answer = post(voter, confirm(voter, call, works[:4]))
    assert answer.status_code == 409
    assert "须选 5 部作品，您选了 4 部" in answer.content.decode()
    assert works[3].title in answer.content.decode()


def test_a_second_ballot_hears_when_the_next_may_come(
    call: Campaign, works: list[Entry], intake: None
) -> None:
    voter = accounts.client(accounts.account())
    post(voter, confirm(voter, call, works[:5]))
    answer = post(voter, confirm(voter, call, works[1:6]))
    assert answer.status_code == 409
    assert "下次可投票" in answer.content.decode()
    assert "投出这张选票" not in answer.content.decode()
    assert Ballot.objects.count() == 1


def test_too_quick_a_tap_is_told_to_tap_again(
    call: Campaign, works: list[Entry], intake: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = round(tokens.MIN_AGE / timedelta(milliseconds=1))
    monkeypatch.setattr("paike.web.intake.casting._MIN_AGE", slow)
    voter = accounts.client(accounts.account())
    answer = post(voter, confirm(voter, call, works[:5]))
    assert answer.status_code == 409
    assert "投出这张选票" in answer.content.decode()
    assert not Ballot.objects.exists()


def test_a_busy_address_costs_those_without_scripts_a_wait(
    call: Campaign, works: list[Entry], intake: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No script solves the puzzle; the same button works once the address is quiet again."""
    busy: throttles.Throttle[str] = throttles.Throttle(Rate(burst=1, per_second=0.001))
    monkeypatch.setattr(gatekeeping, "_networks", busy)
    voter = accounts.client(accounts.account())
    confirm(voter, call, works[:5])
    answer = confirm(voter, call, works[:5])
    for _ in range(2):
        assert answer.status_code == 409
        assert "请等 10 秒" in answer.content.decode()
        assert "再试一次" in answer.content.decode()
        assert works[0].title in answer.content.decode()
        answer = post(voter, answer)
    monkeypatch.setattr(gatekeeping, "_networks", throttles.Throttle(throttles.NETWORK))
    shown = post(voter, answer)
    assert shown.status_code == 200
    assert "投出这张选票" in shown.content.decode()
    assert post(voter, shown).status_code == 302
    assert Ballot.objects.count() == 1


class Losing:
    """The way to the intake, on which the answer to a ballot gets lost."""

    def __init__(self, way: ports.Intake) -> None:
        self._way = way
        self.token = way.token

    def cast(self, **given: Any) -> ports.Said:
        assert self._way.cast(**given).status == 201
        return ports.Said(503, {"code": "away", "zh": AWAY.zh, "en": AWAY.en}, retry_after=3)


def test_an_answer_that_got_lost_is_given_after_the_close_and_without_a_pass(
    call: Campaign, works: list[Entry], intake: None
) -> None:
    voter = accounts.client(accounts.account())
    shown = confirm(voter, call, works[:5])
    way = ports.intake()
    ports.install_intake(Losing(way))
    lost = post(voter, shown)
    ports.install_intake(way)
    assert "没有应答" in lost.content.decode()
    ballot_logs.close_due(now=race.after_the_vote(call))
    for name in ("paike_confirming", "paike_pass"):
        del voter.cookies[name]
    time.sleep(1.5)  # until the intake has read of the close
    done = post(voter, lost)
    assert re.search(r"/ballots/[0-9A-Z]{16}/$", done["Location"])
    assert Ballot.objects.count() == 1


def test_a_link_from_elsewhere_fills_in_no_ballot(
    call: Campaign, works: list[Entry], intake: None
) -> None:
    voter = accounts.client(accounts.account())
    for site in ("cross-site", "none"):
        answer = confirm(voter, call, works[:5], headers={"Sec-Fetch-Site": site})
        assert answer.redirect_chain == [(f"/c/{call.slug}/vote/", 302)]


def test_a_browser_without_cookies_is_told(
    call: Campaign, works: list[Entry], intake: None
) -> None:
    numbers = ",".join(str(work.number) for work in works[:5])
    answer = Client().get(f"/c/{call.slug}/ballots/confirm/?works={numbers}&asked=1")
    assert answer.status_code == 403
    assert "Cookie" in answer.content.decode()


def test_an_intake_that_is_away_loses_nothing(call: Campaign, works: list[Entry]) -> None:
    before = ports.intake()
    ports.install_intake(IntakeByHttp("http://127.0.0.1:9", own=serving.URL, proxies=0))
    voter = accounts.client(accounts.account())
    answer = confirm(voter, call, works[:5])
    ports.install_intake(before)
    assert answer.status_code == 409
    assert "没有应答" in answer.content.decode()
    assert works[0].title in answer.content.decode()
