"""Two works with the same film in a real browser: the entrant answers, the organiser plays both and
merges them; nothing overflows a phone."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from paike.kernel import clock
from paike.media.models import RenditionKind
from paike.review.models import LikenessCase
from tests.corpus import montages
from tests.e2e import server
from tests.factories import accounts, likeness, media, orgs, review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = {"phone": (390, 844), "desktop": (1366, 900)}


def _page(chromium: Browser, address: str, session: str, size: str) -> Page:
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": session, "url": address}])
    return context.new_page()


def _look(page: Page, name: str, size: str) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= SIZES[size][0], f"{name} {size}: {wide} px wide"
    if folder := os.environ.get("PAIKE_SHOTS"):
        page.screenshot(path=Path(folder) / f"likeness-{name}-{size}.png", full_page=True)


def test_a_duplicate_case_is_decided(  # noqa: PLR0915 - one story from question to decision
    chromium: Browser, tmp_path: Path
) -> None:
    call = review.small_call(now=clock.now())
    first, second = (review.waiting(campaign=call).entry for _ in range(2))
    content = montages.written(montages.shots(1, 6), tmp_path / "film.mp4").read_bytes()
    for entry in (first, second):
        media.rendition(film=entry.film, kind=RenditionKind.FILM_360, content=content)
    case = likeness.case(second, first)
    stays, leaves = case.entries
    name = settings.SESSION_COOKIE_NAME
    author = accounts.client(stays.owner).cookies[name].value
    organiser = accounts.client(orgs.organiser(), strong=True).cookies[name].value
    with server.running() as address:
        page = _page(chromium, address, author, "phone")
        page.goto(f"{address}/entries/{stays.pk}/")
        page.click("text=查看并说明")
        _look(page, "question", "phone")
        assert str(leaves.pk) not in page.content()
        page.fill("textarea", "两个单位合拍，都报送了。")
        page.click("text=提交说明")
        page.wait_for_selector("text=您的说明")
        for size in SIZES:
            page = _page(chromium, address, organiser, size)
            page.goto(f"{address}/organise/{call.slug}/likenesses/")
            _look(page, "list", size)
            page.click(f"a[href$='{case.pk}/']")
            page.wait_for_selector("text=两个单位合拍")
            page.click("[data-passage]")
            page.wait_for_function(
                "[...document.querySelectorAll('video')].every(one => one.currentTime >= 2)"
            )
            _look(page, "case", size)
        page.check("input[value=merged]")
        page.check(f"input[value='{leaves.pk}']")
        page.fill("#id_reason", "同一部作品，保留先提交的一部。")
        page.click("text=确认决定")
        page.wait_for_selector("text=已合并")
        _look(page, "decided", "desktop")
    decided = LikenessCase.objects.get(pk=case.pk)
    assert (decided.outcome, decided.out_id) == ("merged", leaves.pk)
    assert decided.credited_unit_id == leaves.unit_id
