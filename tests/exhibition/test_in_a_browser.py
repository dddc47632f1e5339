"""The package on a plain file server, under a path of its own, in a real browser."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from paike.exhibition.actions import packages
from paike.exhibition.models import Publication
from paike.media.actions import captions
from tests.e2e import plain_server
from tests.factories import exhibition, orgs, review

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PREFIX = "/special/2021/show"


@dataclass
class Site:
    """A served package and what the browser complained about."""

    address: str
    works: list[Publication]
    expires_in_ms: int
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> Page:
        page.on(
            "console",
            lambda line: self.complaints.append(line.text) if line.type == "error" else None,
        )
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        page.on("requestfailed", self._failed)
        page.on(
            "request",
            lambda one: None if one.url.startswith(self.address) else self.foreign.append(one.url),
        )
        return page

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # given up, as one does who goes to another page
            self.complaints.append(f"{request.url} {request.failure}")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    campaign = review.small_call()
    works = exhibition.published(campaign=campaign, works=6)
    now = review.moment(campaign, "exhibit")
    words = (
        "WEBVTT\n\n00:00.100 --> 00:01.200\n炉前的灯 <b>& 桥</b>\n"
        "\n00:01.300 --> 00:01.900\n一直亮着\n"
    )
    captions.put(film=works[0].version.film, source=words.encode(), by=orgs.editor(), now=now)
    target = tmp_path / PREFIX.lstrip("/")
    target.parent.mkdir(parents=True)
    package = packages.build(campaign_id=campaign.pk, target=target, by=None, now=now)
    assert package.expires_at is not None
    over = package.expires_at + timedelta(hours=1)
    with plain_server.serving(tmp_path) as address:
        yield Site(f"{address}{PREFIX}/", works, int(over.timestamp() * 1000))


def before_the_end(page: Page, site: Site) -> None:
    page.clock.set_fixed_time((site.expires_in_ms - 7200_000) / 1000)


def test_a_film_plays_and_nothing_leaves_the_folder(site: Site, chromium: Browser) -> None:
    page = site.watch(chromium.new_page(viewport={"width": 390, "height": 844}))
    before_the_end(page, site)
    page.goto(site.address + "index.html")
    page.click(".card a")
    page.wait_for_selector("video")
    page.evaluate(
        "() => { const film = document.querySelector('video'); film.muted = true; film.play(); }"
    )
    page.wait_for_function("document.querySelector('video').currentTime > 0.5", timeout=15000)
    assert page.evaluate("document.querySelector('video').currentSrc").endswith("-360.mp4")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click(".tongue")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.context.cookies() == []
    assert site.complaints == []
    assert site.foreign == []


def test_captions_are_shown_with_the_film(site: Site, chromium: Browser) -> None:
    page = site.watch(chromium.new_page(viewport={"width": 390, "height": 844}))
    before_the_end(page, site)
    page.goto(f"{site.address}works/{site.works[0].pk.hex}.html")
    page.wait_for_function("document.querySelector('video').textTracks[0]?.cues?.length === 2")
    shown = page.evaluate("document.querySelector('video').textTracks[0].cues[0].text")
    assert shown == "炉前的灯 &amp; 桥"  # as a player reads it: text, never markup
    page.goto(f"{site.address}works/{site.works[1].pk.hex}.html")
    assert page.locator("track[kind=captions]").count() == 0
    assert site.complaints == []
    assert site.foreign == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_line_below_the_film_shows_its_moments(
    site: Site, chromium: Browser, width: int
) -> None:
    page = site.watch(chromium.new_page(viewport={"width": width, "height": 844}))
    before_the_end(page, site)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{site.address}works/{site.works[0].pk.hex}.html?t=1.2")
    page.wait_for_function("document.querySelector('video').currentTime === 1.2")
    assert not [url for url in asked if url.endswith(".jpg")]  # nobody has reached for it
    line = page.locator(".scrub input")
    box = line.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    page.wait_for_function("document.querySelector('video').textTracks[1]?.cues?.length === 40")
    page.mouse.move(box["x"] + box["width"] * 0.76, box["y"] + 20)
    look = page.locator(".scrub output")
    look.wait_for()
    assert look.inner_text() == "0:01"
    # 1.52 of 2 s is the 31st of forty: the first in the last of four rows.
    assert look.locator("span").evaluate("one => one.style.backgroundPosition") == "0px -270px"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.26, box["y"] + 20)
    page.mouse.up()
    page.wait_for_function("Math.abs(document.querySelector('video').currentTime - 0.52) < 0.1")
    assert look.is_hidden()
    assert site.complaints == []
    assert site.foreign == []


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("桥一直", "t=0.1"),
        ("直亮", "t=1.3"),
        ("爐前的燈", "t=0.1"),
        ("ＬＩＧＨＴ", ""),
        ("沒有", None),
        ("的灯 亮", "t=0.1"),
    ],
)
def test_what_is_said_is_found_and_leads_to_its_moment(
    site: Site, chromium: Browser, words: str, moment: str | None
) -> None:
    page = site.watch(chromium.new_page(viewport={"width": 390, "height": 844}))
    before_the_end(page, site)
    page.goto(f"{site.address}index.html")
    page.get_by_role("link", name="搜索").click()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.locator("[name=q]").fill(words)
    status = page.locator("[data-status]")
    status.get_by_text("找到").wait_for()
    assert asked.count(f"{site.address}search.json") == 1
    hits = page.locator(".found li")
    if not moment:
        assert status.inner_text() == "没有找到。换一个词试试。"
        assert hits.count() == 0
    else:
        assert status.inner_text() == "找到 1 部作品"
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        link = hits.locator("a.moment").first
        assert link.locator("mark").first.inner_text() in "炉前的灯 & 桥一直亮着"
        page.reload()  # the search is in the address
        hits.locator("a.moment").first.click()
        page.wait_for_url(f"**/works/{site.works[0].pk.hex}.html?{moment}")
        page.wait_for_function(f"document.querySelector('video').currentTime === {moment[2:]}")
    assert site.complaints == []
    assert site.foreign == []


def test_an_english_reader_searches_titles_and_credits_too(site: Site, chromium: Browser) -> None:
    page = site.watch(chromium.new_page())
    before_the_end(page, site)
    page.goto(f"{site.address}en/search.html?q={site.works[2].title[:6]}")
    page.locator(f".found a[href$='works/{site.works[2].pk.hex}.html']").wait_for()
    assert "found" in page.locator("[data-status]").inner_text()
    page.wait_for_load_state("networkidle")
    assert site.complaints == []


def test_it_can_be_read_without_script(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = site.watch(context.new_page())
    page.goto(f"{site.address}works/{site.works[0].pk.hex}.html")
    assert site.works[0].title in page.inner_text("h1")
    assert page.locator("video source").count() == 2
    assert page.is_hidden(".over")
    page.goto(f"{site.address}search.html")
    assert page.is_hidden(".search")
    assert "下面的列表" in page.inner_text("noscript")
    assert page.locator(".levels a").count() >= 1
    assert site.complaints == []


def test_after_the_term_the_films_are_gone(site: Site, chromium: Browser) -> None:
    page = site.watch(chromium.new_page())
    page.clock.set_fixed_time(site.expires_in_ms / 1000)
    page.goto(f"{site.address}works/{site.works[0].pk.hex}.html")
    assert page.locator("video").count() == 0
    assert page.inner_text(".over") == "展播已结束"
