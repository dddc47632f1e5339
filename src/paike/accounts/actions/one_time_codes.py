"""One-time codes: send one to a phone or address, and confirm it, which signs the person in."""

import hmac
import secrets
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from paike.accounts.actions import attempts, registrations
from paike.accounts.models import Account, OneTimeCode
from paike.accounts.rules import codes, contacts, limits
from paike.kernel.text import Text
from paike.vault import cipher

QUEUE = "messages"


class WrongCode(Exception):
    """The code is wrong, used, too old, of another session, or was guessed at too often. One
    answer for all of them: the difference helps only who should not be here."""

    text = Text(
        "验证码不正确或已过期。请检查短信或邮件里最新的一条，或重新获取。",
        "The code is wrong or too old. Check the latest message, or ask for a new code.",
    )


@transaction.atomic
def send(
    *,
    kind: str,
    value: str,
    session_key: str,
    purpose: str,
    network: str,
    now: datetime,
    language: str = "zh-hans",
) -> OneTimeCode:
    """Send a code to a phone number or mail address as it was typed. An earlier code of the same
    session and purpose stops working. The same happens whether or not an account exists.

    Raises contacts.NotAContact, attempts.TooMany.
    """
    address = contacts.read(kind, value)
    attempt = count(kind=kind, value=address, network=network, now=now)
    index = registrations.contact_index(kind, address)
    session_hash = _session_hash(session_key)
    OneTimeCode.objects.filter(
        kind=kind, index=index, session_hash=session_hash, purpose=purpose, used_at__isnull=True
    ).delete()
    code = f"{secrets.randbelow(10**codes.DIGITS):0{codes.DIGITS}d}"
    row = OneTimeCode(
        kind=kind,
        index=index,
        session_hash=session_hash,
        purpose=purpose,
        sent_at=now,
        expires_at=now + codes.LIFE,
        attempt=attempt,
        language=language,
        address=address,
        letter=code,
    )
    row.code_hash = _code_hash(row, code)
    row.save()
    app.configure_task("accounts.deliver_code", queue=QUEUE, priority=10).defer(code_id=str(row.id))
    return row


@transaction.atomic
def count(*, kind: str, value: str, network: str, now: datetime) -> int:
    """One code was asked for, whether or not one is sent; returns the number of the network's
    attempt. Raises contacts.NotAContact, attempts.TooMany."""
    address = contacts.read(kind, value)
    attempt = attempts.count(
        kind="code.network", subject=network, allowed=limits.UNUSED_CODES_PER_NETWORK, now=now
    )
    attempts.count(
        kind=f"code.{kind}",
        subject=contacts.reached(kind, address),
        allowed=limits.CODES_PER_CONTACT,
        now=now,
    )
    return attempt


def prove(
    *, kind: str, value: str, code: str, session_key: str, purpose: str, now: datetime
) -> None:
    """Whoever types the code has the contact. Raises contacts.NotAContact and WrongCode; a wrong
    try is counted although it raises."""
    address = contacts.read(kind, value)
    with transaction.atomic():
        right = _use(kind, address, code, session_key, purpose, now)
    if not right:
        raise WrongCode


def confirm(
    *, kind: str, value: str, code: str, session_key: str, purpose: str, now: datetime
) -> Account:
    """The account whose contact this is, made now if it is new. Raises contacts.NotAContact and
    WrongCode; a wrong try is counted although it raises."""
    address = contacts.read(kind, value)
    with transaction.atomic():
        right = _use(kind, address, code, session_key, purpose, now)
        account = (
            registrations.find_or_register(kind=kind, value=address, now=now) if right else None
        )
    if account is None:
        raise WrongCode
    return account


def confirm_contact(
    *, account: Account, kind: str, value: str, code: str, session_key: str, now: datetime
) -> None:
    """Add a phone or address to a signed-in account (purpose "contact"). Raises WrongCode,
    contacts.NotAContact, registrations.ContactTaken."""
    address = contacts.read(kind, value)
    with transaction.atomic():
        right = _use(kind, address, code, session_key, "contact", now)
        if right:
            registrations.add_contact(account=account, kind=kind, value=address, now=now)
    if not right:
        raise WrongCode


@transaction.atomic
def delete_old(*, now: datetime) -> int:
    """Delete every code sent more than ten minutes ago; returns how many."""
    return OneTimeCode.objects.filter(sent_at__lt=now - codes.FORGET_AFTER).delete()[0]


def _use(kind: str, address: str, code: str, session_key: str, purpose: str, now: datetime) -> bool:
    """Whether the code is right; then it is used up. Counts the try either way."""
    row = (
        OneTimeCode.objects.select_for_update(no_key=True)
        .filter(
            kind=kind,
            index=registrations.contact_index(kind, address),
            session_hash=_session_hash(session_key),
            purpose=purpose,
            used_at__isnull=True,
            expires_at__gt=now,
            tries__lt=codes.TRIES,
        )
        .order_by("-sent_at")
        .first()
    )
    if row is None:
        return False
    row.tries += 1
    right = hmac.compare_digest(row.code_hash, _code_hash(row, codes.read(code)))
    if right:
        row.used_at, row.letter, row.address = now, None, None
        if row.attempt is not None:
            attempts.take_back(row.attempt)
    row.save(update_fields=["tries", "used_at", "letter", "address"])
    return right


def _session_hash(session_key: str) -> str:
    return cipher.blind_index(session_key, purpose="one-time-code.session")


def _code_hash(row: OneTimeCode, code: str) -> str:
    bound = f"{row.id}.{row.purpose}.{row.session_hash}.{code}"
    return cipher.blind_index(bound, purpose="one-time-code")
