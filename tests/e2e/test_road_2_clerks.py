"""The way up: a grass-roots union decides, the body above recommends."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import screens
from tests.e2e.conftest import Begin, Road
from tests.e2e.visits import Visit, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("road")]


def test_a_grass_roots_clerk_decides_and_takes_back(road: Road, begin: Begin, size: str) -> None:
    road.reach("review")
    visit = begin(size)
    page = open_queue(visit, road, "base")
    visit.shot("clerk-queue", whole=size == "desktop")
    title = page.locator("h2.work-title").first.inner_text()
    page.locator("h2.work-title a").first.click()
    expect(page.locator("h1")).to_have_text(title)
    ready(page)
    visit.check_width()
    visit.sees_the_film_move("video[data-player]")
    visit.shot("review-desk", whole=size == "desktop")

    press(visit, "a", name="通过")
    expect(page.locator("form[action*='/reversals/']")).to_contain_text(title)
    press(visit, "u", name="收回")
    expect(page.get_by_text("已收回，请重新处理这部作品。")).to_be_visible()
    expect(page.locator("h1")).to_have_text(title)
    ready(page)
    press(visit, "a", name="通过")
    expect(page.locator("form[action*='/reversals/']")).to_contain_text(title)


def test_other_desks_are_closed_and_other_pages_are_not_there(
    road: Road, begin: Begin, size: str
) -> None:
    road.reach("review")
    visit = begin(size)
    visit.sign_in(*road.staff["base"], next_path="/desk/")
    for address, status, name in (
        (f"/organise/{road.slug}/", 403, "forbidden"),
        (f"/c/{road.slug}/no-such-page/", 404, "not-found"),
    ):
        answer = visit.page.goto(address)
        assert answer is not None
        assert answer.status == status
        visit.check_width()
        visit.shot(name)


def test_a_body_of_two_calls_sees_them_apart(road: Road, begin: Begin, size: str) -> None:
    road.reach("recommend")
    visit = begin(size)
    visit.sign_in(*road.staff["body"], next_path="/desk/")
    page = visit.page
    names = page.locator("main h3")
    expect(names).not_to_have_count(1)
    assert names.count() >= 2
    visit.check_width()
    visit.shot("clerk-desk")
    page.locator("a[href*='/queue/'][href*='call=']").last.click()  # the oldest call: all decided
    expect(page.locator("nav a[aria-current=page][href*='call=']")).to_have_count(1)
    expect(page.locator("h2.work-title")).to_have_count(0)
    visit.check_width()
    visit.shot("clerk-queue-empty")


def test_a_body_accepts_and_submits_its_list(road: Road, begin: Begin, size: str) -> None:
    road.reach("recommend")
    visit = begin(size)
    page = open_queue(visit, road, "body")
    accept_all(visit)
    page.goto("/desk/")
    page.locator("a[href*='/desk/lists/']").first.click()
    adding = page.locator("button[value=add]:enabled")
    if size == "phone":  # the desktop goes on where the phone stops
        before = adding.count()
        adding.first.click()
        expect(adding).to_have_count(before - 1)
        visit.check_width()
        visit.shot("recommendation-list")
        return
    while adding.count():
        left = page.locator("button[value=add]").count()
        adding.first.click()
        expect(page.locator("button[value=add]")).to_have_count(left - 1)
    titles = page.locator("[data-ranked] [data-entry] .work-title")
    last = titles.last.inner_text()
    page.locator("[data-ranked] button[value=up]:enabled").last.click()
    expect(titles.last).not_to_have_text(last)
    visit.shot("recommendation-list")
    visit.confirm("/submission/")
    expect(page.get_by_text("已提交").first).to_be_visible()
    expect(page.locator("button[value=add]")).to_have_count(0)

    paper = page.request.get(f"{page.url.rstrip('/')}/paper.pdf".replace("//paper", "/paper"))
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")
    screens.keep_paper(paper.body(), "recommendation-paper")


def open_queue(visit: Visit, road: Road, role: str) -> Page:
    """The first queue of a clerk who signs in with password and code."""
    username, secret = road.staff[role]
    visit.sign_in(username, secret, next_path="/desk/")
    visit.page.locator("a[href*='/queue/']").first.click()
    visit.page.wait_for_url(re.compile("/queue/"))
    visit.check_width()
    return visit.page


def accept_all(visit: Visit) -> None:
    """Work after work, without going back to the queue."""
    page = visit.page
    if not page.locator("h2.work-title a").count():
        return
    page.locator("h2.work-title a").first.click()
    while page.locator("form[data-decision]").count():
        ready(page)
        before = page.url
        press(visit, "a", name="通过")
        until(page, "before => location.href !== before", arg=before)


def ready(page: Page) -> None:
    """The desk's script has folded the reasons away: keys work from here on."""
    until(page, "document.querySelector('[data-reason]')?.hidden")


def press(visit: Visit, key: str, *, name: str) -> None:
    """The key at a desk, the button on a phone."""
    if visit.size == "desktop":
        visit.page.keyboard.press(key)
    else:
        visit.page.locator(f"button[data-key={key}]").filter(has_text=name).first.tap()
