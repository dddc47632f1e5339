"""A juror's afternoon: the invitation, the authenticator, marks by keyboard, the seal."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from paike.demo.people import PASSWORD
from tests.e2e import calls
from tests.e2e.conftest import Begin, Road
from tests.e2e.visits import Visit, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("road")]


def test_a_juror_marks_every_work_and_seals(road: Road, begin: Begin, size: str) -> None:
    road.reach("judge")
    link = invite(road, begin("desktop"), name=f"林老师（{size}）")
    visit = begin(size)
    page = accept(visit, link)
    visit.check_width()
    visit.shot("jury-room")

    page.locator("header a.btn-primary").click()
    page.wait_for_url(re.compile("/works/"))
    visit.sees_the_film_move("video[data-player]")
    mark(visit, "28.5")
    page.reload()  # what was typed is there without a button
    expect(page.locator("input[data-mark]").first).to_have_value("28.5")
    visit.check_width()
    visit.shot("score-sheet")
    for number in range(calls.SHORTLIST):
        mark_all(visit, start=20 - number)
        page.locator("main a.btn-primary").last.click()
    page.wait_for_url(re.compile(r"/jury/[0-9a-f-]{36}/$"))
    visit.confirm("/seal/")
    expect(page.locator(".alert-success").first).to_be_visible()
    expect(page.locator("form[action$='/seal/']")).to_have_count(0)


def test_nothing_a_juror_typed_is_lost(road: Road, begin: Begin, size: str) -> None:
    """Without a button, a change of field or a network: the tab closes, and it is there."""
    road.reach("judge")
    visit = begin(size)
    page = accept(visit, invite(road, begin("desktop"), name=f"周老师（{size}）"))
    page.locator("header a.btn-primary").click()
    page.wait_for_url(re.compile("/works/"))
    sheet, lines = page.url, page.locator("input[data-mark]")
    type_into(lines.nth(0), "17.5")
    expect(page.locator("[data-state-of][data-state=saved]")).to_have_count(1)  # still in the field
    type_into(page.locator("textarea[name=comment]"), "结尾很有力")
    visit.another_tab(warned=True)
    page = visit.page
    page.goto(sheet)
    expect(page.locator("textarea[name=comment]")).to_have_value("结尾很有力")
    expect(page.locator("input[data-mark]").nth(0)).to_have_value("17.5")

    visit.context.set_offline(True)
    type_into(page.locator("input[data-mark]").nth(1), "21")
    expect(page.locator("[data-state-of][data-state=waiting]")).to_have_count(1)
    visit.another_tab(warned=True)
    visit.context.set_offline(False)
    page = visit.page
    page.goto(sheet)
    expect(page.locator("input[data-mark]").nth(1)).to_have_value("21")
    # Sent by the old tab as it went, or by this one: then nothing waits in this browser any more.
    until(page, "Object.keys(localStorage).every(key => !key.startsWith('sheet:'))")
    page.reload()
    expect(page.locator("input[data-mark]").nth(1)).to_have_value("21")  # from the server now


def type_into(field: Locator, text: str) -> None:
    """Key by key, as people do; the field keeps the keyboard."""
    field.focus()
    field.page.keyboard.type(text)


def invite(road: Road, organiser: Visit, *, name: str) -> str:
    """The organiser opens the panel when there is none, and gets a link to send."""
    address = f"/organise/{road.slug}/jury/"
    organiser.sign_in(*road.staff["organiser"], next_path=address)
    page = organiser.page
    if page.locator("form[action$='/opening/']").count():
        page.locator("form[action$='/opening/'] button").click()
    page.fill("input[name=name]", name)
    page.locator("form[action$='/seats/'] button").click()
    return page.locator("#invitation-link").inner_text()


def accept(visit: Visit, link: str) -> Page:
    """An account of one's own, and an authenticator: then the room opens."""
    visit.installation.later(timedelta(minutes=20))
    page = visit.page
    page.goto(link)
    visit.check_width()
    username = f"juror-{uuid4().hex[:6]}"
    assert page.locator("dialog input:not([type=hidden])").count() == 0  # a refusal asks nothing
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button.btn-primary").click()
    page.wait_for_url(lambda url: "/invitations/" not in url)
    if page.locator("input[name=password]").count():
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.locator("form:has(input[name=password]) button.btn-primary").click()
    page.wait_for_url("**/totp/setup/**")
    secret = page.locator("code.select-all").text_content() or ""
    page.locator("input[name=code]").fill(visit.totp(secret.replace(" ", "")))
    expect(page.locator("input[name=code]")).to_have_count(0)  # the recovery codes, shown once
    page.goto("/jury/")
    page.wait_for_url(re.compile(r"/jury/[0-9a-f-]{36}/$"))
    return page


def mark(visit: Visit, points: str) -> None:
    """Digits begin a mark wherever the keyboard is; on a phone the field is tapped first."""
    page = visit.page
    if visit.size == "phone":
        page.locator("input[data-mark]").first.tap()
    page.keyboard.type(points)
    page.keyboard.press("Enter")
    expect(page.locator("[data-state-of][data-state=saved]").first).to_be_visible()


def mark_all(visit: Visit, *, start: int) -> None:
    """Every criterion, Enter from one to the next."""
    page = visit.page
    lines = page.locator("input[data-mark]")
    expect(lines.first).to_be_enabled()
    lines.first.focus()
    for number in range(lines.count()):
        lines.nth(number).fill(str(start / 2 + 0.5))
        page.keyboard.press("Enter")
    expect(page.locator("[data-state-of][data-state=saved]")).to_have_count(lines.count())
