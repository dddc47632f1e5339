"""The review desk as a keyboard machine, in a real browser."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.kernel import clock
from paike.orgs.models import Organisation
from paike.review.models import Decision, Referral, Reversal
from tests.factories import accounts, campaigns, orgs, review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def campaign() -> Campaign:
    return campaigns.campaign(now=clock.now(), deed="recommend")


@pytest.fixture
def body() -> Organisation:
    return orgs.body()


@pytest.fixture
def clerk(body: Organisation) -> Account:
    return orgs.clerk(body)


@pytest.fixture
def waiting(campaign: Campaign, body: Organisation) -> list[Referral]:
    return [review.waiting(campaign=campaign, unit=body, now=clock.now()) for _ in range(4)]


@pytest.fixture
def page(live_server: LiveServer, clerk: Account, chromium: Browser) -> Iterator[Page]:
    session = accounts.client(clerk, strong=True).cookies["paike_session"].value
    context = chromium.new_context(base_url=live_server.url)
    context.add_cookies(
        [
            {"name": "paike_session", "value": session, "url": live_server.url},
            {"name": "paike_language", "value": "zh-hans", "url": live_server.url},
        ]
    )
    yield context.new_page()
    context.close()


def open_desk(page: Page, referral: Referral) -> None:
    page.goto(reverse("review-desk", args=[referral.pk]))
    expect(page.locator("form[data-decision]")).to_be_visible()
    page.wait_for_function("document.querySelector('[data-reason]').hidden")


def test_a_whole_queue_is_decided_by_keyboard(page: Page, waiting: list[Referral]) -> None:
    first, second, third, fourth = waiting
    open_desk(page, first)
    page.keyboard.press("j")
    page.wait_for_url(f"**{reverse('review-desk', args=[second.pk])}")
    page.keyboard.press("k")
    page.wait_for_url(f"**{reverse('review-desk', args=[first.pk])}")

    page.wait_for_function("document.querySelector('[data-reason]').hidden")
    page.keyboard.press("a")
    page.wait_for_url(f"**{reverse('review-desk', args=[second.pk])}?after=*")
    page.wait_for_function("document.querySelector('[data-reason]').hidden")
    page.keyboard.press("u")
    expect(page.get_by_text("已收回，请重新处理这部作品。")).to_be_visible()
    assert Reversal.objects.count() == 1

    open_desk(page, second)
    page.keyboard.press("r")
    expect(page.locator("#reason")).to_be_focused()
    page.locator("[data-templates=return] [data-template]").first.click()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{reverse('review-desk', args=[third.pk])}*")
    decision = Decision.objects.get(referral=second)
    assert (decision.outcome, decision.reason[:2]) == ("return", "片头")

    page.wait_for_function("document.querySelector('[data-reason]').hidden")
    page.keyboard.press("d")
    page.keyboard.type("与主题不符")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{reverse('review-desk', args=[fourth.pk])}*")
    assert Decision.objects.get(referral=third).outcome == "decline"


def test_the_film_stays_in_view_on_a_phone(page: Page, waiting: list[Referral]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_desk(page, waiting[0])
    page.evaluate("scrollTo(0, 500)")
    box = page.locator(".player").bounding_box()
    assert box is not None
    assert -10 <= box["y"] < 200
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
