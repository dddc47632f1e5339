"""A forgotten password: contact and second factor together open the account, neither alone."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.hashers import check_password

from paike.accounts.actions import (
    attempts,
    one_time_codes,
    password_resets,
    recovery_codes,
    registrations,
    staff,
)
from paike.accounts.models import Account, OneTimeCode
from paike.audit.models import Record
from paike.notify.models import Message
from tests.factories import accounts
from tests.factories.accounts import NOW, PASSWORD

pytestmark = pytest.mark.django_db

PHONE = "+8613800138000"
NEW = "seven geese by the river"


def colleague(*, totp: bool = True) -> Account:
    person = accounts.staff_account(username="li.gan", totp=totp)
    registrations.add_contact(account=person, kind="phone", value=PHONE, now=NOW)
    return person


def send(
    username: str = "li.gan", value: str = PHONE, *, now: datetime = NOW
) -> OneTimeCode | None:
    password_resets.send(
        username=username, kind="phone", value=value, session_key="s", network="n", now=now
    )
    return OneTimeCode.objects.filter(purpose=password_resets.PURPOSE).first()


def confirm(code: str, username: str = "li.gan", session_key: str = "s") -> Account:
    return password_resets.confirm(
        username=username, kind="phone", value=PHONE, code=code, session_key=session_key, now=NOW
    )


def letter(row: OneTimeCode | None) -> str:
    assert row is not None
    assert row.letter is not None
    return row.letter.open()


def test_contact_and_authenticator_set_a_new_password() -> None:
    person = colleague()
    assert confirm(letter(send(" LI.gan "))) == person
    later = NOW + timedelta(minutes=1)
    code = accounts.totp_code(person, now=later)
    password_resets.finish(account=person, new=NEW, code=code, now=later)
    row = Account.objects.get(pk=person.pk)
    assert check_password(NEW, row.password)
    assert not check_password(PASSWORD, row.password)
    assert row.get_session_auth_hash() != person.get_session_auth_hash()
    assert Record.objects.get(act="staff.password-reset").actor_id == person.pk
    assert "重设" in Message.objects.get(recipient=person).subject


def test_a_recovery_code_does_too_and_is_used_up() -> None:
    person = colleague()
    paper = recovery_codes.renew(account=person, now=NOW)
    password_resets.finish(account=person, new=NEW, recovery_code=paper[0], now=NOW)
    assert check_password(NEW, Account.objects.get(pk=person.pk).password)
    with pytest.raises(recovery_codes.WrongCode):
        password_resets.finish(account=person, new=NEW, recovery_code=paper[0], now=NOW)


def test_the_contact_alone_opens_nothing() -> None:
    person = colleague()
    confirm(letter(send()))
    for code in ("", "000000"):
        with pytest.raises(staff.WrongCode):
            password_resets.finish(account=person, new=NEW, code=code, now=NOW)
    assert check_password(PASSWORD, Account.objects.get(pk=person.pk).password)


def test_a_weak_password_costs_no_code() -> None:
    person = colleague()
    paper = recovery_codes.renew(account=person, now=NOW)
    with pytest.raises(staff.WeakPassword):
        password_resets.finish(account=person, new="12345678901", recovery_code=paper[0], now=NOW)
    assert recovery_codes.left(account=person) == recovery_codes.HOW_MANY


@pytest.mark.parametrize(
    ("username", "value"), [("wang.gan", PHONE), ("li.gan", "+8613800138001"), ("nobody", PHONE)]
)
def test_no_code_where_name_and_contact_do_not_belong_together(username: str, value: str) -> None:
    colleague()
    accounts.staff_account(username="wang.gan")
    accounts.account(phone="+8613800138001")
    assert send(username, value) is None


def test_asking_is_limited_whether_or_not_a_code_is_sent() -> None:
    colleague()
    send("nobody")
    with pytest.raises(attempts.TooMany):
        send("li.gan", now=NOW + timedelta(seconds=30))


def test_no_code_without_an_authenticator_or_for_a_closed_account() -> None:
    person = colleague(totp=False)
    assert send() is None
    person.totp_confirmed_at, person.is_active = NOW, False
    person.save()
    assert send(now=NOW + timedelta(minutes=2)) is None


def test_codes_of_other_browsers_and_other_purposes_are_worth_nothing() -> None:
    colleague()
    code = letter(send())
    with pytest.raises(one_time_codes.WrongCode):
        confirm(code, session_key="other")
    sign_in = one_time_codes.send(
        kind="phone", value=PHONE, session_key="s", purpose="sign-in", network="n",
        now=NOW + timedelta(minutes=2),
    )  # fmt: skip
    with pytest.raises(one_time_codes.WrongCode):
        confirm(letter(sign_in))
    accounts.staff_account(username="wang.gan")
    with pytest.raises(one_time_codes.WrongCode):
        confirm(code, username="wang.gan")


def test_second_factors_are_limited_as_at_sign_in() -> None:
    person = colleague()
    for _try in range(5):
        with pytest.raises(staff.WrongCode):
            password_resets.finish(account=person, new=NEW, code="000000", now=NOW)
    with pytest.raises(attempts.TooMany):
        password_resets.finish(account=person, new=NEW, code="000000", now=NOW)
