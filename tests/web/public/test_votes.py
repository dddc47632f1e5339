from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.exhibition.models import Publication
from paike.kernel import clock
from paike.voting.models import Ballot
from paike.web.public.ballot_paper import Line
from tests.factories import accounts, exhibition, race


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


def test_a_link_from_elsewhere_fills_in_no_ballot(
    call: Campaign, works: list[Entry], client: Client
) -> None:
    chosen = ",".join(str(work.pk) for work in works[:5])
    for site in ("cross-site", "none"):
        answer = client.get(f"{page(call)}?s=AAAA&works={chosen}", headers={"Sec-Fetch-Site": site})
        assert answer.context["paper"].chosen == 0
        tap = client.get(
            f"/c/{call.slug}/ballots/?works={chosen}", headers={"Sec-Fetch-Site": site}
        )
        assert "works" not in tap["Location"]
    own = client.get(
        f"{page(call)}?s=AAAA&works={chosen}", headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert own.context["paper"].chosen == 5


def test_a_link_that_is_passed_on_shows_everybody_another_order(
    call: Campaign, works: list[Entry], client: Client
) -> None:
    visitors: list[dict[str, Any]] = [
        {"REMOTE_ADDR": "10.1.0.1", "headers": {"User-Agent": "A"}},
        {"REMOTE_ADDR": "10.2.0.1", "headers": {"User-Agent": "A"}},
        {"REMOTE_ADDR": "10.1.0.1", "headers": {"User-Agent": "B"}},
    ]
    orders = {
        tuple(line.id for line in client.get(f"{page(call)}?s=AAAA", **who).context["paper"].lines)
        for who in visitors
    }
    assert len(orders) == 3


def test_a_film_the_editor_took_down_does_not_play_on_the_ballot(
    call: Campaign, works: list[Entry], client: Client, now: datetime
) -> None:
    exhibition.renditions(works[0])
    assert _line(client, call, works[0]).film
    Publication.objects.create(
        entry=works[0],
        version=works[0].versions.get(),
        title="甲",
        credit="乙",
        published_at=now,
        published_by=works[0].owner,
        hidden_at=now,
        hidden_why="投诉处理中",
    )
    assert _line(client, call, works[0]).film == ""
    assert _line(client, call, works[0]).title


def _line(client: Client, call: Campaign, work: Entry) -> Line:
    paper = client.get(f"{page(call)}?s=AAAA").context["paper"]
    found: Line = next(line for line in paper.lines if line.id == work.pk)
    return found


def test_the_receipt_says_how_many_ballots_are_left(now: datetime, db: None) -> None:
    five_a_day = {
        "ballots_per_period = 1": "ballots_per_period = 5",
        "works_min = 5": "works_min = 1",
        "works_max = 5": "works_max = 1",
    }
    call = race.campaign(now=now, replace=five_a_day)
    works = race.shortlist(call, works=3, now=now)
    voter = accounts.client(accounts.account())
    first = voter.get(post(voter, call, works[:1])["Location"]).content.decode()
    assert "本时段还可投 4 张" in first
    assert "下次可投票" not in first
    again = post(voter, call, works[:1])
    assert again.status_code == 409
    assert "最多投 1 票" in again.content.decode()


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
