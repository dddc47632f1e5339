"""The package on a plain file server, under a path of its own, in a real browser."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from paike.exhibition.actions import packages
from paike.exhibition.models import Publication
from tests.e2e import plain_server
from tests.factories import exhibition, review

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
        page.on("requestfailed", lambda one: self.complaints.append(f"{one.url} {one.failure}"))
        page.on(
            "request",
            lambda one: None if one.url.startswith(self.address) else self.foreign.append(one.url),
        )
        return page


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    campaign = review.small_call()
    works = exhibition.published(campaign=campaign, works=6)
    now = review.moment(campaign, "exhibit")
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


def test_it_can_be_read_without_script(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = site.watch(context.new_page())
    page.goto(f"{site.address}works/{site.works[0].pk.hex}.html")
    assert site.works[0].title in page.inner_text("h1")
    assert page.locator("video source").count() == 2
    assert page.is_hidden(".over")
    assert site.complaints == []


def test_after_the_term_the_films_are_gone(site: Site, chromium: Browser) -> None:
    page = site.watch(chromium.new_page())
    page.clock.set_fixed_time(site.expires_in_ms / 1000)
    page.goto(f"{site.address}works/{site.works[0].pk.hex}.html")
    assert page.locator("video").count() == 0
    assert page.inner_text(".over") == "展播已结束"
