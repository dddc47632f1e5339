"""A clerk who forgot the password finds the way back in, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from paike.accounts.actions import registrations
from paike.accounts.models import Account
from paike.kernel import clock
from paike.notify.adapters.sms.memory import MemorySms
from tests.e2e import visits
from tests.factories import accounts, jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, NEW = "138 0013 8000", "seven geese by the river"


@pytest.fixture
def clerk() -> Account:
    person = accounts.staff_account(username="li.gan")
    registrations.add_contact(account=person, kind="phone", value="+8613800138000", now=clock.now())
    return person


@pytest.fixture(params=visits.SIZES)
def page(
    request: pytest.FixtureRequest, live_server: LiveServer, chromium: Browser
) -> Iterator[Page]:
    size = visits.SIZES[request.param]
    context = chromium.new_context(base_url=live_server.url, viewport=size, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_the_way_back_in(page: Page, clerk: Account, sms: MemorySms) -> None:
    page.goto("/sign-in/staff/")
    page.get_by_role("link", name=re.compile("忘记")).click()
    page.get_by_label(re.compile("用户名")).fill("li.gan")
    page.get_by_label(re.compile("手机")).fill(PHONE)
    _fits(page)
    page.locator("main form[method=post] button").first.click()
    expect(page).to_have_url(re.compile("/reset/code/$"))
    jobs.run("accounts.deliver_code")
    _fits(page)
    page.locator("[name=code]").fill(re.findall(r"\d{6}", sms.texts[-1][1])[0])  # sends itself
    expect(page).to_have_url(re.compile("/reset/new/$"))
    page.locator("[name=new]").fill(NEW)
    page.locator("[name=code]").fill("000000")
    page.locator("main form[method=post] button").first.click()
    expect(page.get_by_text("不正确").first).to_be_visible()
    _fits(page)
    page.locator("[name=new]").fill(NEW)
    page.locator("[name=code]").fill(accounts.totp_code(clerk, now=clock.now()))
    page.locator("main form[method=post] button").first.click()
    expect(page.get_by_text("密码已重设")).to_be_visible()


def _fits(page: Page) -> None:
    """Nothing makes the reader scroll sideways."""
    assert page.viewport_size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
