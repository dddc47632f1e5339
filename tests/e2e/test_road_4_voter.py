"""A voter's minute: watch, choose, sign in, be counted."""

import random
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Begin, Road

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("road")]


def test_choices_survive_the_sign_in_and_count_once(road: Road, begin: Begin, size: str) -> None:
    road.reach("vote")
    visit = begin(size)
    paper = f"/c/{road.slug}/vote/"
    page = visit.go(paper)
    visit.shot("vote-grid")
    page.locator(".ballot-play").first.click()
    visit.sees_the_film_move("[data-film] video")

    wanted = road.rulebook.ballot.works_min
    chosen = choose(page, wanted)
    expect(page.locator("input[data-pick]:enabled")).to_have_count(wanted)  # no more than allowed
    visit.shot("ballot-basket", whole=False)
    page.locator("[data-basket-vote]").click()
    expect(page.locator("input[name=contact]")).to_be_visible()
    visit.sign_in_by_code(f"1990003{random.SystemRandom().randrange(10_000):04d}")
    page.wait_for_url(re.compile("/vote/"))
    assert ticked(page) == chosen
    page.locator("[data-basket-vote]").click()
    page.wait_for_url(re.compile(r"/ballots/[A-Z0-9-]+/$"))
    expect(page.locator("[data-receipt]")).to_contain_text("这张选票已计入")
    visit.check_width()
    visit.shot("receipt")

    page = visit.go(paper)
    choose(page, wanted)
    page.locator("[data-basket-vote]").click()
    expect(page.locator("#refusal")).to_contain_text("下次可投票")
    visit.check_width()


def choose(page: Page, count: int) -> list[str]:
    """Tick works from the top; gives what is ticked then."""
    for number in range(count):
        page.locator("input[data-pick]").nth(number).check()
    return ticked(page)


def ticked(page: Page) -> list[str]:
    boxes = page.locator("input[data-pick]:checked").all()
    return sorted(box.get_attribute("value") or "" for box in boxes)
