"""Signing in as a browser does it, and what an attacker would try on the way."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from paike.accounts.models import Account, OneTimeCode
from paike.kernel import clock
from paike.kernel.text import Text
from paike.notify.actions import messages as letters
from paike.notify.adapters.mail.memory import MemoryMail
from paike.notify.adapters.sms.memory import MemorySms
from paike.web.shared import gate
from tests.factories import accounts, jobs
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db

PHONE = "138 0013 8000"


def ask(browser: Client, contact: str = PHONE, next_url: str = "") -> None:
    answer = browser.post("/sign-in/", {"contact": contact, "consent": "on", "next": next_url})
    assert answer.status_code == 302, answer.content.decode()
    assert answer.headers["Location"] == "/sign-in/code/"


def code_from(sms: MemorySms) -> str:
    jobs.run("accounts.deliver_code")
    return str(re.findall(r"\d{6}", sms.texts[-1][1])[0])


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_a_person_registers_and_comes_back_to_where_they_were(sms: MemorySms) -> None:
    browser = Client()
    session = browser.session
    session["invite_code"] = "ABC"
    session.save()
    assert browser.get("/register/?next=/me/").status_code == 200
    ask(browser, next_url="/me/")
    page = browser.get("/sign-in/code/").content.decode()
    assert "138****8000" in page
    assert 'autocomplete="one-time-code"' in page
    before = browser.session.session_key
    answer = browser.post("/sign-in/code/", {"code": code_from(sms)})
    assert answer.headers["Location"] == "/me/"
    assert is_in(browser)
    assert browser.session.session_key != before
    assert browser.session["invite_code"] == "ABC"
    assert "sign_in_code" not in browser.session
    assert not browser.session.get(gate.STRONG_SESSION_KEY)


def test_the_session_row_holds_no_number(sms: MemorySms) -> None:
    browser = Client()
    ask(browser)
    rows = [str(row.get_decoded()) for row in Session.objects.all()]
    assert rows
    assert not any("13800138000" in row for row in rows)


def test_without_consent_no_code(sms: MemorySms) -> None:
    answer = Client().post("/sign-in/", {"contact": PHONE})
    assert answer.status_code == 200
    assert "隐私说明" in answer.content.decode()
    assert not OneTimeCode.objects.exists()


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_never_sent_to_another_house(sms: MemorySms, wanted: str) -> None:
    browser = Client()
    ask(browser, next_url=wanted)
    answer = browser.post("/sign-in/code/", {"code": code_from(sms)})
    assert answer.headers["Location"] == "/"


def test_a_code_of_another_browser_is_worth_nothing(sms: MemorySms) -> None:
    victim, thief = Client(), Client()
    ask(victim)
    code = code_from(sms)
    row = OneTimeCode.objects.get()
    row.sent_at = row.sent_at - timedelta(minutes=2)
    row.save()
    from paike.accounts.models import Attempt

    Attempt.objects.all().delete()
    ask(thief)
    answer = thief.post("/sign-in/code/", {"code": code})
    assert answer.status_code == 200
    assert not is_in(thief)


def test_a_planted_session_key_is_changed_at_sign_in(sms: MemorySms) -> None:
    victim = Client()
    ask(victim)
    planted = victim.session.session_key
    victim.post("/sign-in/code/", {"code": code_from(sms)})
    thief = Client()
    thief.cookies["paike_session"] = planted or ""
    assert thief.get("/me/").status_code == 302


def test_known_and_unknown_numbers_look_the_same() -> None:
    accounts.account(phone="+8613800138000")
    pages = []
    for number in (PHONE, "138 0013 8001"):
        browser = Client()
        ask(browser, number)
        answer = browser.post("/sign-in/code/", {"code": "000000"})
        text = answer.content.decode().replace("8001", "8000")
        pages.append(re.sub(r'(value|nonce|content)="[^"]+"', "", text))
    assert pages[0] == pages[1]


def test_too_many_asks(sms: MemorySms) -> None:
    browser = Client()
    ask(browser)
    answer = browser.post("/sign-in/", {"contact": PHONE, "consent": "on"})
    assert "太频繁" in answer.content.decode()
    assert browser.post("/sign-in/code/again/").status_code == 429


def staff_password(browser: Client, person: Account) -> str:
    answer = browser.post(
        "/sign-in/staff/",
        {"username": person.username, "password": PASSWORD, "next": "/me/"},
    )
    assert not is_in(browser)
    return answer.headers.get("Location", "")


def test_staff_need_both_steps(sms: MemorySms) -> None:
    person, browser = accounts.staff_account(), Client()
    assert staff_password(browser, person) == "/sign-in/totp/"
    assert browser.get("/me/").status_code == 302
    answer = browser.post("/sign-in/totp/", {"code": "12"})
    assert answer.status_code == 200
    assert not is_in(browser)
    code = accounts.totp_code(person, now=clock.now())
    answer = browser.post("/sign-in/totp/", {"code": code})
    assert answer.headers["Location"] == "/me/"
    assert browser.session[gate.STRONG_SESSION_KEY]


def test_the_first_sign_in_sets_up_the_app_and_shows_codes_once() -> None:
    person, browser = accounts.staff_account(totp=False), Client()
    assert staff_password(browser, person) == "/sign-in/totp/setup/"
    page = browser.get("/sign-in/totp/setup/").content.decode()
    assert "data:image/svg+xml" in page
    code = accounts.totp_code(person, now=clock.now())
    answer = browser.post("/sign-in/totp/setup/", {"code": code})
    codes = re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}", answer.content.decode())
    assert len(codes) == 10
    assert browser.session[gate.STRONG_SESSION_KEY]
    assert browser.get("/sign-in/totp/setup/").status_code == 302
    other = Client()
    staff_password(other, person)
    answer = other.post("/sign-in/totp/", {"recovery_code": codes[0]})
    assert answer.headers["Location"] == "/me/"
    assert is_in(other)


def test_too_many_codes_are_told_when_the_next_one_counts() -> None:
    person, browser = accounts.staff_account(), Client()
    staff_password(browser, person)
    wrong = [browser.post("/sign-in/totp/", {"code": "000000"}) for _ in range(6)]
    assert [answer.status_code for answer in wrong] == [200] * 5 + [429]
    assert int(wrong[-1].headers["Retry-After"]) > 0
    assert "请在" in wrong[-1].content.decode()
    right = accounts.totp_code(person, now=clock.now())
    assert browser.post("/sign-in/totp/", {"code": right}).status_code == 429
    assert not is_in(browser)


def test_the_second_step_alone_is_no_way_in() -> None:
    browser = Client()
    assert browser.get("/sign-in/totp/").headers["Location"] == "/sign-in/staff/"
    assert browser.post("/sign-in/totp/", {"code": "123456"}).status_code == 302
    assert browser.get("/sign-in/totp/setup/").headers["Location"] == "/sign-in/staff/"


def test_a_password_change_ends_other_sessions() -> None:
    person = accounts.staff_account()
    here = accounts.client(person, strong=True)
    there = accounts.client(person, strong=True)
    answer = here.post("/me/password/", {"old": PASSWORD, "new": "seven horses and a lamp"})
    assert answer.status_code == 302
    assert here.get("/me/").status_code == 200
    assert there.get("/me/").status_code == 302


def test_the_account_page_corrects_and_exports() -> None:
    person = accounts.account(phone="+8613800138000", email="wang@example.com")
    browser = accounts.client(person)
    browser.post("/me/details/", {"real_name": "王师傅", "unit_name": "第一车间"})
    page = browser.get("/me/").content.decode()
    assert "王师傅" in page
    assert "138****8000" in page
    assert "13800138000" not in page
    body = browser.post("/me/export/").json()
    assert body["account"]["real_name"] == "王师傅"
    assert {row["value"] for row in body["contacts"]} == {"+8613800138000", "wang@example.com"}


def test_binding_an_address(mail: MemoryMail) -> None:
    person = accounts.account()
    browser = accounts.client(person)
    answer = browser.post("/me/contacts/", {"contact": "Wang@example.com"})
    assert answer.headers["Location"] == "/me/contacts/code/"
    jobs.run("accounts.deliver_code")
    code = re.findall(r"\d{6}", mail.letters[-1].text)[0]
    browser.post("/me/contacts/code/", {"code": code})
    assert person.contacts.filter(kind="email").count() == 1


def test_withdrawn_consent_signs_out_and_comes_back_with_the_next_one() -> None:
    person = accounts.account()
    browser = accounts.client(person)
    browser.post("/me/consent-withdrawal/")
    assert browser.get("/me/").status_code == 302
    assert not person.consents.filter(withdrawn_at__isnull=True).exists()


def test_closing_erases_the_person() -> None:
    person = accounts.account(real_name="王师傅", email="wang@example.com")
    browser = accounts.client(person)
    assert browser.get("/me/closing/").status_code == 200
    assert browser.post("/me/closing/").status_code == 200
    browser.post("/me/closing/", {"understood": "on"})
    person = Account.objects.get(id=person.id)
    assert not person.is_active
    assert person.real_name is None
    assert not person.contacts.exists()
    assert browser.get("/me/").status_code == 302


def test_the_inbox(client: Client) -> None:
    from paike.kernel.text import Text
    from paike.notify.actions import messages

    person = accounts.account()
    browser = accounts.client(person)
    assert "还没有消息" in browser.get("/inbox/").content.decode()
    messages.send(
        recipient_id=person.id,
        kind="x",
        subject=Text("收到", "Got it"),
        body=Text("正文", "Body"),
        link="/my/",
        now=clock.now(),
    )
    page = browser.get("/inbox/").content.decode()
    assert "收到" in page
    assert "未读" in page
    browser.post("/inbox/read/")
    assert "未读</span>" not in browser.get("/inbox/").content.decode()


def test_sign_out_is_a_post() -> None:
    browser = accounts.client(accounts.account())
    assert browser.get("/sign-out/").status_code == 405
    browser.post("/sign-out/")
    assert not is_in(browser)


def test_a_session_that_becomes_stronger_gets_a_new_key(sms: MemorySms) -> None:
    account = accounts.staff_account(username="li-ganshi")
    browser = accounts.client(account)
    before = browser.session.session_key
    browser.post("/sign-in/staff/", {"username": "li-ganshi", "password": PASSWORD})
    code = accounts.totp_code(account, now=clock.now())
    assert browser.post("/sign-in/totp/", {"code": code}).status_code == 302
    assert browser.session[gate.STRONG_SESSION_KEY]
    assert browser.session.session_key != before


@pytest.mark.parametrize("address", ["/my/units/?q=%00", "/check/%00/", "/join/a%00b/"])
def test_a_nul_is_refused_and_breaks_nothing(address: str) -> None:
    browser = accounts.client(accounts.account())
    assert browser.get(address).status_code in (400, 404)
    assert browser.post("/me/details/", {"real_name": "a\x00b"}).status_code == 400


def test_the_inbox_costs_the_same_for_one_and_for_three() -> None:
    person = accounts.account()
    browser = accounts.client(person)

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert browser.get("/inbox/").status_code == 200
        return len(caught)

    def write() -> None:
        words = Text("作品已收到", "Work received")
        letters.send(
            recipient_id=person.id, kind="entry.submitted", subject=words, body=words,
            link="/my/", now=clock.now(),
        )  # fmt: skip

    write()
    cost()
    one = cost()
    write()
    write()
    assert cost() == one
