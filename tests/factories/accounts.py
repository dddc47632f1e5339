"""People for tests: an ordinary person, a member of staff with TOTP, and their browsers."""

from datetime import UTC, datetime
from itertools import count

import pyotp
from django.test import Client

from paike.accounts.actions import registrations, staff
from paike.accounts.models import Account
from paike.web.shared import gate

NOW = datetime(2021, 3, 15, 4, 0, tzinfo=UTC)
PASSWORD = "six horses and a lamp"

_numbers = count(1)


def phone() -> str:
    """A mobile number that no other call of this returns."""
    return f"+86139{next(_numbers):08d}"


def account(
    *,
    phone: str = "",
    email: str = "",
    now: datetime = NOW,
    real_name: str = "",
    language: str = "",
) -> Account:
    """Somebody who registered with a phone, or with `email` alone when only that is given."""
    if email and not phone:
        person = registrations.find_or_register(kind="email", value=email, now=now)
    else:
        number = phone or f"+86139{next(_numbers):08d}"
        person = registrations.find_or_register(kind="phone", value=number, now=now)
        if email:
            registrations.add_contact(account=person, kind="email", value=email, now=now)
    if real_name:
        person.real_name = real_name
    if language:
        person.language = language
    person.save()
    return person


def staff_account(
    *, username: str = "", display_name: str = "李干事", now: datetime = NOW, totp: bool = True
) -> Account:
    """Staff or juror, with password PASSWORD and TOTP in force unless `totp` is False."""
    name = username or f"staff-{next(_numbers)}"
    person = staff.create(username=name, display_name=display_name, password=PASSWORD, now=now)
    if totp:
        staff.begin_totp(account=person, now=now)
        staff.confirm_totp(account=person, code=totp_code(person, now=now), now=now)
    return Account.objects.get(id=person.id)


def totp_code(person: Account, *, now: datetime = NOW) -> str:
    """What the person's authenticator app shows at `now`."""
    secret = Account.objects.get(id=person.id).totp_secret
    assert secret is not None
    return pyotp.TOTP(secret.open()).at(now)


def client(person: Account | None = None, *, strong: bool = False) -> Client:
    """A browser in which `person` (None: nobody) is signed in; `strong`: with password and TOTP."""
    browser = Client()
    if person is not None:
        browser.force_login(person)
    if strong:
        session = browser.session
        session[gate.STRONG_SESSION_KEY] = True
        session.save()
    return browser
