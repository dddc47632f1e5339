from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.kernel import clock
from paike.voting.models import Ballot
from tests.factories import accounts, race


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def call(db: None, now: datetime) -> Campaign:
    return race.campaign(now=now)


@pytest.fixture
def works(call: Campaign, now: datetime) -> list[Entry]:
    return race.shortlist(call, works=8, now=now)


def page(call: Campaign) -> str:
    return f"/c/{call.slug}/vote/"


def post(client: Client, call: Campaign, works: list[Entry], **fields: str) -> Any:  # noqa: ANN401 - the test client's answer, context included
    data = {"works": [str(work.pk) for work in works], "s": "AAAA", "key": str(uuid4())} | fields
    return client.post(f"/c/{call.slug}/ballots/", data)


def test_the_order_is_in_the_address_and_no_cookie_is_set(
    call: Campaign, works: list[Entry], client: Client
) -> None:
    first = client.get(page(call))
    assert first.status_code == 302
    again = [client.get(first["Location"]) for _ in range(2)]
    assert again[0].status_code == 200
    assert [line.id for line in again[0].context["paper"].lines] == [
        line.id for line in again[1].context["paper"].lines
    ]
    assert not client.cookies
    orders = {
        tuple(line.id for line in client.get(f"{page(call)}?s={seed}").context["paper"].lines)
        for seed in ("AAAA", "BBBB", "CCCC")
    }
    assert len(orders) == 3


def test_the_vote_tap_leads_to_signing_in_and_the_choices_come_back(
    call: Campaign, works: list[Entry], client: Client
) -> None:
    chosen = [str(work.pk) for work in works[:5]]
    answer = client.get(f"/c/{call.slug}/ballots/", {"works": chosen, "s": "AAAA"})
    where = urlsplit(answer["Location"])
    assert where.path == "/sign-in/"
    back = parse_qs(where.query)["next"][0]
    voter = accounts.client(accounts.account())
    lines = voter.get(back).context["paper"].lines
    assert {str(line.id) for line in lines if line.chosen} == set(chosen)
    assert Ballot.objects.count() == 0


def test_a_ballot_gets_a_receipt_that_only_its_voter_reads(
    call: Campaign, works: list[Entry], client: Client
) -> None:
    voter = accounts.client(accounts.account())
    answer = post(voter, call, works[:5])
    assert answer.status_code == 302
    title = works[0].title
    assert title in voter.get(answer["Location"]).content.decode()
    strangers = client.get(answer["Location"])
    assert strangers.status_code == 200
    assert title not in strangers.content.decode()
    assert title in voter.get(f"/c/{call.slug}/ballots/mine/").content.decode()


def test_a_refused_ballot_keeps_the_choices_and_says_why(
    call: Campaign, works: list[Entry]
) -> None:
    voter = accounts.client(accounts.account())
    answer = post(voter, call, works[:4])
    assert answer.status_code == 409
    assert "须选 5 部作品，您选了 4 部" in answer.content.decode()
    assert sum(line.chosen for line in answer.context["paper"].lines) == 4


def test_a_second_ballot_hears_when_the_next_may_come(call: Campaign, works: list[Entry]) -> None:
    voter = accounts.client(accounts.account())
    post(voter, call, works[:5])
    answer = post(voter, call, works[1:6])
    assert answer.status_code == 409
    assert "下次可投票" in answer.content.decode()
    assert Ballot.objects.count() == 1


def test_sending_the_page_again_is_the_same_receipt(call: Campaign, works: list[Entry]) -> None:
    voter, key = accounts.client(accounts.account()), str(uuid4())
    first = post(voter, call, works[:5], key=key)
    changed = post(voter, call, works[1:6], key=key)
    assert changed["Location"] == first["Location"]
    assert "之后的改动没有计入" in voter.get(changed["Location"]).content.decode()


def test_nonsense_is_not_a_work(call: Campaign, works: list[Entry]) -> None:
    voter = accounts.client(accounts.account())
    answer = voter.post(f"/c/{call.slug}/ballots/", {"works": ["<x>", ""], "key": "x"})
    assert answer.status_code == 409


def test_the_page_costs_the_same_for_few_and_many_works(
    call: Campaign, client: Client, now: datetime, django_assert_max_num_queries: object
) -> None:
    for _ in range(2):
        race.shortlist(call, works=3, now=now)
        with django_assert_max_num_queries(14):  # type: ignore[operator]  # pytest-django's fixture
            client.get(f"{page(call)}?s=AAAA")
