"""The editor puts works before the public; the package shows them on any web server."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e import plain_server
from tests.e2e.conftest import Begin, Road

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("road")]

PREFIX = "special/2021"


def test_the_editor_publishes_hides_and_shows_again(road: Road, begin: Begin, size: str) -> None:
    road.reach("exhibit")
    visit = begin(size)
    desk = f"/editor/{road.slug}/"
    visit.sign_in(*road.staff["editor"], next_path=desk)
    page = visit.page
    visit.check_width()
    visit.shot("editor-desk")
    page.locator(".work-card a").first.click()
    page.wait_for_url(re.compile("/works/"))
    visit.sees_the_film_move("video[data-player]")
    work = re.search(r"/works/([0-9a-f-]{36})/", page.url)
    assert work is not None
    page.locator("form:has(textarea[name=synopsis]) button.btn-primary").click()
    expect(page.get_by_text("已发布").first).to_be_visible()
    public = f"/c/{road.slug}/works/{work[1]}/"
    reader = begin(size)
    reader.go(public)
    reader.sees_the_film_move("video[data-player]")

    page.goto(f"{desk}works/{work[1]}/")
    visit.confirm("/hiding/", reason="作者要求核对字幕。")
    expect(page.get_by_text("作者要求核对字幕。")).to_be_visible()
    assert reader.page.request.get(public).status == 404
    page.locator("form[action$='/showing/'] button").click()
    expect(page.locator("form[action$='/showing/']")).to_have_count(0)
    reader.go(public)


@pytest.fixture(scope="session")
def package(road: Road, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the package, built by the command and served under a path of its own."""
    road.reach("show")
    folder: Path = tmp_path_factory.mktemp("site")
    target = folder / PREFIX
    target.parent.mkdir(parents=True)
    built = road.installation.command("exhibition", "build", str(target), "--campaign", road.slug)
    assert built.returncode == 0, built.stderr
    with plain_server.serving(folder) as address:
        yield f"{address}/{PREFIX}/"


def test_the_result_shows_its_works_once_they_are_published(
    road: Road, begin: Begin, size: str
) -> None:
    road.reach("show")
    visit = begin(size)
    page = visit.go(f"/c/{road.slug}/result/")
    expect(page.locator(".work-card img")).to_have_count(road.rulebook.funnel.shortlist)
    visit.shot("result")


def test_the_package_plays_under_a_prefix(package: str, begin: Begin, size: str) -> None:
    visit = begin(size)
    page = visit.page
    page.goto(f"{package}index.html")
    visit.check_width()
    visit.shot_of_package("exhibition-home")
    page.locator("a[href*='special']").first.click()
    page.wait_for_load_state()
    visit.shot_of_package("exhibition-award")
    page.locator(".card a").first.click()
    page.wait_for_url(re.compile("/works/"))
    visit.check_width()
    visit.shot_of_package("exhibition-work")
    visit.sees_the_film_move()
    page.locator(".tongue").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
