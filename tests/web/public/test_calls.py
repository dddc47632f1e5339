from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from paike.awards.models import Result
from paike.awards.queries import results as awards
from paike.exhibition.actions import publications
from paike.kernel import clock
from tests.awards.actions.test_results import Race
from tests.factories import campaigns, exhibition, orgs, review

pytestmark = pytest.mark.django_db


def test_before_any_call() -> None:
    answer = Client().get("/")
    assert answer.status_code == 200
    assert "还没有征集活动" in answer.content.decode()


def test_the_call_asks_for_films_while_it_collects() -> None:
    campaign = campaigns.campaign(now=clock.now())
    for url in ("/", f"/c/{campaign.slug}/"):
        answer = Client().get(url)
        page = answer.content.decode()
        assert f"/c/{campaign.slug}/entries/new/" in page
        assert "提交作品" in page
        assert "我身边的党员故事" in page
        assert not answer.cookies


def test_the_call_asks_for_votes_while_it_votes() -> None:
    campaign = campaigns.campaign(now=clock.now(), deed="vote")
    page = Client().get(f"/c/{campaign.slug}/").content.decode()
    assert f"/c/{campaign.slug}/vote/" in page
    assert "entries/new" not in page


def test_the_rules_are_public() -> None:
    campaign = campaigns.campaign(now=clock.now())
    page = Client().get(f"/c/{campaign.slug}/rules/").content.decode()
    assert "广东省总工会" in page
    assert "720 × 576" in page


def test_a_call_that_is_not_open_is_nobodys_business() -> None:
    campaign = campaigns.campaign(now=clock.now(), opened=False)
    for path in ("", "rules/", "card.png"):
        assert Client().get(f"/c/{campaign.slug}/{path}").status_code == 404


def test_the_share_card_is_a_picture() -> None:
    campaign = campaigns.campaign(now=clock.now())
    answer = Client().get(f"/c/{campaign.slug}/card.png")
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert "max-age" in answer["Cache-Control"]


def test_published_works_are_on_the_call() -> None:
    campaign = review.small_call()
    (publication,) = exhibition.published(campaign=campaign, works=1)
    page = Client().get(f"/c/{campaign.slug}/").content.decode()
    assert publication.title in page


def test_english_for_those_who_ask_for_it() -> None:
    campaign = campaigns.campaign(now=clock.now())
    page = Client(headers={"Accept-Language": "en-GB,en;q=0.9"}).get(f"/c/{campaign.slug}/")
    assert 'lang="en"' in page.content.decode()
    assert "Party Members Beside Me" in page.content.decode()


def test_the_winners_lead_the_call_once_the_result_is_out() -> None:
    made = Race()
    made.close()
    made.publish()
    best = awards.awards(Result.objects.get())[0]
    publications.publish(entry=best.entry, by=orgs.editor(), now=clock.now(), confirmed=True)
    page = Client().get(f"/c/{made.call.slug}/").content.decode()
    assert f'class="call-best" href="/c/{made.call.slug}/works/{best.entry_id}/"' in page
    assert "特等奖" in page
    assert "怎样参加" not in page


def test_the_home_page_names_the_other_calls() -> None:
    renamed = {'slug = "party-stories-2021"': 'slug = "earlier-call"'}
    earlier = campaigns.campaign(now=clock.now() - timedelta(days=1), replace=renamed)
    campaigns.campaign(now=clock.now())
    page = Client().get("/").content.decode()
    assert "其他征集活动" in page
    assert f'href="/c/{earlier.slug}/"' in page
    assert "其他征集活动" not in Client().get(f"/c/{earlier.slug}/").content.decode()
