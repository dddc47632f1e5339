"""The lines between the prizes, the publication, and papers that anyone can check."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import screens
from tests.e2e.conftest import Begin, Road

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("road")]


def test_the_organiser_sees_the_lines_and_publishes(road: Road, begin: Begin) -> None:
    road.reach("award")
    visit = begin("desktop")
    visit.sign_in(*road.staff["organiser"], next_path=f"/organise/{road.slug}/jury/")
    page = visit.page
    page.fill("#closing-reason", "按期关闭。")
    page.locator("form[action$='/closing/'] button").click()
    expect(page.get_by_text("评审团已关闭").first).to_be_visible()

    visit.go(f"/organise/{road.slug}/result/")
    expect(page.locator("article .cut-line").first).to_be_visible()
    visit.shot("cut-lines")
    phone = begin("phone")
    phone.context.add_cookies(visit.context.cookies())  # type: ignore[arg-type]  # its own kind
    phone.go(f"/organise/{road.slug}/result/")
    phone.shot("cut-lines")
    visit.confirm("/publication/")
    expect(page.get_by_text("结果已公布").first).to_be_visible()


def test_anyone_reads_the_result_and_checks_a_certificate(
    road: Road, begin: Begin, size: str
) -> None:
    road.reach("exhibit")
    visit = begin(size)
    page = visit.go(f"/c/{road.slug}/result/")
    for rung in road.rulebook.ladder:
        expect(page.get_by_role("heading", name=re.compile(rung.name.zh))).to_be_visible()
    expect(page.locator(".work-card")).to_have_count(road.rulebook.funnel.shortlist)

    organiser = begin("desktop")
    organiser.sign_in(*road.staff["organiser"], next_path=f"/organise/{road.slug}/result/")
    check = organiser.page.locator("a[href*='/check/']").first.get_attribute("href") or ""
    page = visit.go(check)  # as the code on the paper leads there
    expect(page.get_by_text(road.rulebook.ladder[0].name.zh).first).to_be_visible()
    paper = page.request.get(f"{check.rstrip('/')}/certificate.pdf")
    assert paper.body().startswith(b"%PDF")
    screens.keep_paper(paper.body(), "certificate")
