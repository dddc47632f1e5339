"""A forgotten password, as a browser goes through it."""

import re

import pytest
from django.test import Client

from paike.accounts.actions import recovery_codes, registrations
from paike.accounts.models import Account
from paike.kernel import clock
from paike.notify.adapters.sms.memory import MemorySms
from paike.web.shared import gate
from tests.factories import accounts, jobs
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db

PHONE = "138 0013 8000"
NEW = "seven geese by the river"


@pytest.fixture
def colleague() -> Account:
    person = accounts.staff_account(username="li.gan")
    registrations.add_contact(account=person, kind="phone", value="+8613800138000", now=clock.now())
    return person


def begin(browser: Client, username: str = "li.gan") -> None:
    answer = browser.post("/sign-in/staff/reset/", {"username": username, "contact": PHONE})
    assert answer.headers.get("Location") == "/sign-in/staff/reset/code/", answer.content.decode()


def to_the_last_step(browser: Client, sms: MemorySms) -> None:
    begin(browser)
    jobs.run("accounts.deliver_code")
    code = re.findall(r"\d{6}", sms.texts[-1][1])[0]
    answer = browser.post("/sign-in/staff/reset/code/", {"code": code})
    assert answer.headers.get("Location") == "/sign-in/staff/reset/new/", answer.content.decode()


def test_the_whole_way_ends_every_other_session(colleague: Account, sms: MemorySms) -> None:
    elsewhere, browser = accounts.client(colleague, strong=True), Client()
    assert elsewhere.get("/me/").status_code == 200
    assert "/sign-in/staff/reset/" in browser.get("/sign-in/staff/").content.decode()
    to_the_last_step(browser, sms)
    assert "_auth_user_id" not in browser.session
    code = accounts.totp_code(colleague, now=clock.now())
    answer = browser.post("/sign-in/staff/reset/new/", {"new": NEW, "code": code})
    assert answer.headers["Location"] == "/me/"
    assert browser.session[gate.STRONG_SESSION_KEY]
    assert "密码已重设" in browser.get("/me/").content.decode()
    assert elsewhere.get("/me/").status_code == 302
    assert browser.get("/sign-in/staff/reset/new/").status_code == 302


def test_the_new_password_signs_in_and_the_old_does_not(colleague: Account, sms: MemorySms) -> None:
    browser = Client()
    paper = recovery_codes.renew(account=colleague, now=clock.now())
    to_the_last_step(browser, sms)
    browser.post("/sign-in/staff/reset/new/", {"new": NEW, "recovery_code": paper[0]})
    for password, status in ((PASSWORD, 200), (NEW, 302)):
        fields = {"username": "li.gan", "password": password}
        assert Client().post("/sign-in/staff/", fields).status_code == status


def test_nothing_without_the_second_factor(colleague: Account, sms: MemorySms) -> None:
    browser = Client()
    to_the_last_step(browser, sms)
    answer = browser.post("/sign-in/staff/reset/new/", {"new": NEW})
    assert "请输入动态验证码" in answer.content.decode()
    answer = browser.post("/sign-in/staff/reset/new/", {"new": NEW, "recovery_code": "XXXXX-XXXXX"})
    assert "恢复码不正确" in answer.content.decode()
    assert "_auth_user_id" not in browser.session


def test_the_last_step_is_not_reached_without_the_code(colleague: Account) -> None:
    browser = Client()
    assert browser.get("/sign-in/staff/reset/new/").headers["Location"] == "/sign-in/staff/reset/"
    begin(browser)
    answer = browser.post("/sign-in/staff/reset/code/", {"code": "000000"})
    assert "验证码不正确" in answer.content.decode()
    assert browser.get("/sign-in/staff/reset/new/").status_code == 302


def test_the_pages_do_not_tell_who_works_here(colleague: Account, sms: MemorySms) -> None:
    pages: list[str] = []
    for username in ("li.gan", "nobody"):
        browser = Client(REMOTE_ADDR=f"10.0.0.{len(pages)}")
        _forget_the_limit()
        begin(browser, username)
        text = browser.get("/sign-in/staff/reset/code/").content.decode()
        pages.append(re.sub(r'(value|nonce|content)="[^"]+"', "", text))
    assert pages[0] == pages[1]


def test_too_many_tries_are_answered_with_429(colleague: Account) -> None:
    browser = Client()
    begin(browser)
    answer = browser.post("/sign-in/staff/reset/", {"username": "li.gan", "contact": PHONE})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert 'value="li.gan"' in answer.content.decode()


def _forget_the_limit() -> None:
    from paike.accounts.models import Attempt

    Attempt.objects.all().delete()
