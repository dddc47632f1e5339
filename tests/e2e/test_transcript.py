"""An editor corrects captions at the keyboard: played, typed, kept without a network, published; and
the vote page shows them."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from paike.entries.models import Entry
from paike.kernel import clock
from paike.media.models import Captions, Examination, Transcript
from paike.media.rules.report import Report
from tests.e2e.test_conversion import look, plays
from tests.e2e.test_entrant import DESKTOP, PHONE
from tests.factories import accounts, exhibition, orgs, review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READ = {
    "subtitles": [
        {"start": 200, "end": 900, "text": "今天我们来到纺织车间", "sure": 97},
        {"start": 1000, "end": 1700, "text": "老师溥每天第一个到岗", "sure": 71},
    ],
    "speech": [],
}


@pytest.fixture
def entry(transactional_db: None) -> Entry:
    entry = review.waiting(campaign=review.small_call(now=clock.now())).entry
    exhibition.renditions(entry)
    Examination.objects.create(
        inspection=entry.versions.get().inspection,
        requested_at=clock.now(),
        finished_at=clock.now(),
        report=Report((), readings=READ).to_json(),
    )
    return entry


def _desk(chromium: Browser, address: str, entry: Entry, *, phone: bool = False) -> Page:
    cookie = accounts.client(orgs.editor(), strong=True).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(viewport=PHONE if phone else DESKTOP, locale="zh-CN")  # type: ignore[arg-type] # width and height
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/editor/{entry.campaign.slug}/works/{entry.pk}/transcript/")
    plays(page)
    return page


def becomes(page: Page, true: str) -> None:
    """The expression is true before long (the page's policy forbids the browser's own waiting)."""
    for _ in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {true}")


def without_a_network(page: Page) -> Page:
    """What is typed then is there when the tab is closed and the page opened again."""
    page.context.set_offline(True)
    page.locator("[name=words]").nth(0).fill("今天我们来到纺织车间。")
    expect(page.locator("[data-status]")).to_contain_text("已保存在这台设备上", timeout=10_000)
    url, context = page.url, page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(url)
    expect(again.locator("[name=words]").nth(0)).to_have_value("今天我们来到纺织车间。")
    return again


def test_captions_are_corrected_at_the_keyboard(
    chromium: Browser, address: str, entry: Entry
) -> None:
    page = _desk(chromium, address, entry)
    words = page.locator("[name=words]")
    expect(words).to_have_count(3)  # two that were read, one to add
    look(page, "transcript.desktop")
    words.nth(0).press("Enter")
    expect(words.nth(1)).to_be_focused()
    words.nth(1).press("Alt+p")
    page.wait_for_timeout(300)
    assert page.evaluate("document.querySelector('video').currentTime") >= 1.0
    words.nth(1).fill("老师傅每天第一个到岗")
    expect(page.locator("[data-status]")).to_have_text("已保存", timeout=10_000)
    assert Transcript.objects.get().rows[1]["words"] == "老师傅每天第一个到岗"
    again = without_a_network(page)
    again.locator("[name=words]").nth(1).press("Alt+n")
    again.keyboard.type("一台机器")
    expect(again.locator("[name=start]").nth(2)).to_have_value("0:01.7")
    again.locator("[name=end]").nth(2).fill("0:01.9")
    again.locator("[data-drop]").nth(2).click()
    again.locator("[data-undo]").click()
    expect(again.locator("[name=words]").nth(2)).to_have_value("一台机器")
    again.get_by_role("button", name="发布字幕").click()
    expect(again.get_by_text("字幕已发布，共 3 条")).to_be_visible()
    assert "老师傅每天第一个到岗" in Captions.objects.get().text
    assert not Transcript.objects.exists()


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_the_line_below_the_film_shows_its_moments_and_leads_there(
    chromium: Browser, address: str, entry: Entry, phone: bool
) -> None:
    page = _desk(chromium, address, entry, phone=phone)
    line = page.locator("[data-scrub] input")
    box = line.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    becomes(page, "document.querySelector('track[kind=metadata]').track.cues?.length === 40")
    page.mouse.move(box["x"] + box["width"] * 0.76, box["y"] + 20)
    view = page.locator(".scrub-look")
    expect(view).to_have_text("0:01")
    picture = view.locator("span")
    expect(picture).to_have_css("background-position", "0px -270px")  # the 31st of forty
    expect(picture).to_have_css("background-image", re.compile(r"/media/"))
    look(page, f"scrub.{'phone' if phone else 'desktop'}", whole=False)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.26, box["y"] + 20)
    page.mouse.up()
    becomes(page, "Math.abs(document.querySelector('video').currentTime - 0.52) < 0.1")
    expect(view).to_be_hidden()
    assert not Transcript.objects.exists()  # the form around it was not touched
    page.goto(f"{page.url}?t=0:01.3")
    plays(page)
    becomes(page, "document.querySelector('video').currentTime === 1.3")


def test_the_page_fits_a_phone(chromium: Browser, address: str, entry: Entry) -> None:
    page = _desk(chromium, address, entry, phone=True)
    expect(page.locator("[data-play]").first).to_be_visible()
    look(page, "transcript.phone")
