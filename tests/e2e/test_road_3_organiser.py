"""The organiser's desk: numbers, tables, posters, and the shortlist as a formal act."""

import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.e2e import calls, screens
from tests.e2e.conftest import Begin, Road

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("road")]


def test_the_organiser_looks_searches_and_exports(road: Road, begin: Begin, size: str) -> None:
    road.reach("shortlist")
    visit = begin(size)
    visit.sign_in(*road.staff["organiser"], next_path=f"/organise/{road.slug}/")
    page = visit.page
    expect(page.locator("[data-funnel] svg, [data-funnel] canvas").first).to_be_visible()
    visit.check_width()

    visit.go(f"/organise/{road.slug}/entries/")
    page.select_option("select[name=body]", calls.OTHER_BODY)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(f"body={calls.OTHER_BODY}"))
    expect(page.locator("main .work-card")).to_have_count(2)
    visit.check_width()

    visit.go(f"/organise/{road.slug}/export/?body={calls.OTHER_BODY}")
    with page.expect_download() as kept:
        page.locator("main form button.btn-primary").click()
    book = openpyxl.load_workbook(io.BytesIO(kept.value.path().read_bytes()))
    assert book.worksheets[0].max_row == 1 + 2

    visit.go(f"/organise/{road.slug}/units/")
    page.locator("main input[type=search]").fill(road.unit)
    page.locator("main input[type=search]").press("Enter")
    page.locator("main li a").first.click()
    visit.check_width()
    poster = page.request.get(page.locator("a[href$='/poster.pdf']").get_attribute("href") or "")
    assert poster.body().startswith(b"%PDF")
    screens.keep_paper(poster.body(), "unit-poster")


def test_the_shortlist_is_chosen_and_sealed(road: Road, begin: Begin, size: str) -> None:
    road.reach("shortlist")
    visit = begin(size)
    visit.sign_in(*road.staff["organiser"], next_path=f"/organise/{road.slug}/shortlist/")
    page = visit.page
    chosen = page.locator("section[aria-labelledby=chosen] input[name=entries]")
    missing = calls.SHORTLIST - chosen.count()
    wanted = 2 if size == "phone" else missing
    for box in page.locator("form[data-choose] input[name=entries]").all()[:wanted]:
        box.check()
    expect(page.locator("[data-will]")).to_contain_text(str(wanted))
    page.locator("[data-send]").click()
    expect(chosen).to_have_count(calls.SHORTLIST - missing + wanted)
    visit.check_width()
    visit.shot("shortlist")
    if size == "phone":  # the desktop completes it
        return
    visit.confirm("/seal/", reason="评审工作会议讨论通过，会议纪要另存。")
    expect(page.get_by_text("入围名单已确认").first).to_be_visible()
    expect(page.locator("form[data-choose]")).to_have_count(0)
