"""The vote page: the same bytes for everybody, and nothing learnt of who looks."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.models import Entry
from paike.exhibition.models import Publication
from paike.kernel import clock
from paike.media.models import Captions
from paike.web.public import ballot_paper, votes
from paike.web.public.identity import PROVIDERS
from tests.factories import accounts, ballots, exhibition, race


@pytest.fixture
def now() -> datetime:
    cache.clear()
    return clock.now()


@pytest.fixture
def call(db: None, now: datetime) -> Campaign:
    return race.campaign(now=now)


@pytest.fixture
def works(call: Campaign, now: datetime) -> list[Entry]:
    return race.shortlist(call, works=8, now=now)


def page(call: Campaign, language: str = "") -> str:
    return f"/c/{call.slug}/vote/{language}"


def test_everybody_gets_the_same_bytes_and_no_cookie(call: Campaign, works: list[Entry]) -> None:
    voter = accounts.client(accounts.account())
    voter.cookies["paike_language"] = "en"
    visitors = [
        Client().get(page(call)),
        Client(headers={"Accept-Language": "en", "User-Agent": "B"}).get(page(call)),
        voter.get(page(call)),
    ]
    cache.clear()  # rendered anew for the last: not only the memory is the same
    visitors.append(Client(REMOTE_ADDR="10.9.9.9").get(page(call)))
    assert len({answer.content for answer in visitors}) == 1
    for answer in visitors:
        assert answer.status_code == 200
        assert not answer.cookies
        assert "Vary" not in answer.headers
        assert answer["Cache-Control"] == "public, max-age=60"
        assert "csrf" not in answer.content.decode()


def test_the_language_is_in_the_address(call: Campaign, works: list[Entry], client: Client) -> None:
    chinese, english = client.get(page(call)), client.get(page(call, "en/"))
    assert "每张选票选 5 部作品" in chinese.content.decode()
    assert "A ballot" in english.content.decode()
    assert chinese["Content-Language"] == "zh-hans"
    assert english["Content-Language"] == "en"
    reader = accounts.client(accounts.account())
    reader.cookies["paike_language"] = "en"
    assert page(call, "en/") in reader.get(f"/c/{call.slug}/").content.decode()


def test_a_cache_may_ask_whether_it_changed(
    call: Campaign, works: list[Entry], client: Client
) -> None:
    first = client.get(page(call))
    again = client.get(page(call), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again["ETag"] == first["ETag"]
    race.withdraw(works[0], now=clock.now())
    cache.clear()
    changed = client.get(page(call), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert works[0].title not in changed.content.decode()


def test_the_page_is_not_kept_beyond_the_close(db: None, now: datetime) -> None:
    call = race.campaign(now=now)
    rule = campaigns.rulebook_of(call).ballot
    assert votes._age(call, rule.closes - timedelta(seconds=7)) == 7
    assert votes._age(call, rule.opens - timedelta(seconds=0.2)) == 1
    assert votes._age(call, rule.closes + timedelta(days=3)) == votes.FRESH


def test_the_form_without_script_names_works_by_number(
    call: Campaign, works: list[Entry], client: Client
) -> None:
    html = client.get(page(call)).content.decode()
    assert f'action="/c/{call.slug}/ballots/confirm/"' in html
    for work in works:
        assert f'name="works" value="{work.number}"' in html


def test_counts_stand_on_the_page_as_the_rulebook_says(now: datetime, db: None) -> None:
    call = race.campaign(now=now, replace={'counts = "frozen-last-day"': 'counts = "live"'})
    works = race.shortlist(call, works=6, now=now)
    ballots.open_vote(call, now=now)
    ballots.taken(call, works[:5], now=now)
    ballots.sequence(call)
    html = Client().get(page(call)).content.decode()
    assert html.count("data-votes>1 票") == 5
    assert html.count("data-votes>0 票") == 1


def test_a_film_the_editor_took_down_does_not_play_on_the_ballot(
    call: Campaign, works: list[Entry], client: Client, now: datetime
) -> None:
    exhibition.renditions(works[0])
    with_film = client.get(page(call)).content.decode()
    assert with_film.count('class="ballot-play"') == 1
    cache.clear()
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
    hidden = client.get(page(call)).content.decode()
    assert 'class="ballot-play"' not in hidden
    assert works[0].title in hidden


def test_captions_go_with_the_film_on_the_ballot(
    call: Campaign, works: list[Entry], client: Client, now: datetime
) -> None:
    exhibition.renditions(works[0])
    film = works[0].versions.get().film
    text = "WEBVTT\n\n00:00:00.100 --> 00:00:01.000\n炉前的灯\n"
    Captions.objects.create(
        film=film, text=text, sha256="0" * 64, cues=1, by=works[0].owner, at=now
    )
    html = client.get(page(call)).content.decode()
    (address,) = re.findall(r'data-captions="([^"]+)"', html)
    assert "炉前的灯" in client.get(address).content.decode()


def test_the_order_is_another_every_hour(
    call: Campaign, works: list[Entry], client: Client, now: datetime
) -> None:
    orders = {
        tuple(line.number for line in ballot_paper.of_campaign(call, now=moment).lines)
        for moment in (now, now + timedelta(hours=1), now + timedelta(hours=2))
    }
    assert len(orders) > 1


@pytest.mark.parametrize("identity", ["phone", "wechat", "device"])
def test_the_page_says_honestly_what_one_voter_is(now: datetime, db: None, identity: str) -> None:
    call = race.campaign(now=now, replace={'identity = "account"': f'identity = "{identity}"'})
    race.shortlist(call, works=6, now=now)
    said = PROVIDERS[identity].PROVES
    assert said.zh in Client().get(page(call)).content.decode()
