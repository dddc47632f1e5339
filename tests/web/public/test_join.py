"""A unit's link leads to a new entry with that unit chosen."""

import pytest
from django.test import Client

from paike.campaigns.rules.collecting import Deed
from paike.kernel import clock
from paike.orgs.actions import invite_links
from paike.orgs.models import InviteLink
from tests.factories import campaigns, orgs

pytestmark = pytest.mark.django_db


def link(*, deed: Deed = "submit") -> InviteLink:
    call = campaigns.campaign(now=clock.now(), deed=deed)
    unit = orgs.unit(name="深圳电子厂工会")
    return invite_links.issue(organisation=unit, campaign_id=call.pk, by=None, now=clock.now())


def test_the_page_shows_call_and_unit_and_sets_no_cookie_that_follows() -> None:
    one, client = link(), Client()
    page = client.get(f"/join/{one.code}/")
    text = page.content.decode()
    assert "深圳电子厂工会" in text
    assert "我身边的党员故事" in text
    assert "paike_session" not in page.cookies


def test_going_on_remembers_the_unit_and_leads_to_the_new_entry() -> None:
    one, client = link(), Client()
    answer = client.post(f"/join/{one.code.lower()}/")
    assert answer.status_code == 302
    assert answer["Location"] == "/c/party-stories-2021/entries/new/"
    assert client.session["invite_code"] == one.code


def test_outside_the_collecting_stage_nothing_can_be_begun() -> None:
    one, client = link(deed="exhibit"), Client()
    page = client.post(f"/join/{one.code}/")
    assert page.status_code == 200
    assert "不在征集时间内" in page.content.decode()
    assert "invite_code" not in client.session


def test_a_dead_link_says_so() -> None:
    page = Client().get("/join/ABCDE12345/")
    assert page.status_code == 404
    assert "失效" in page.content.decode()
