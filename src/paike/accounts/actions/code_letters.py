"""Hand a one-time code to mail or SMS. The code leaves the database with it."""

from datetime import datetime
from uuid import UUID

from paike.accounts.models import OneTimeCode
from paike.accounts.rules import codes
from paike.notify import ports
from paike.notify.rules import letters


def deliver(*, code_id: UUID, now: datetime) -> None:
    """Send the letter of a code that still works, once. Raises notify.ports.Undelivered after
    writing the fault down."""
    row = OneTimeCode.objects.filter(id=code_id, delivered_at__isnull=True).first()
    if row is None or row.letter is None or row.address is None or row.expires_at <= now:
        return
    try:
        _send(row.kind, row.address.open(), row.letter.open(), row.language)
    except ports.Undelivered as fault:
        OneTimeCode.objects.filter(id=code_id).update(fault=str(fault)[:500])
        raise
    OneTimeCode.objects.filter(id=code_id).update(
        delivered_at=now, letter=None, address=None, fault=""
    )


def _send(kind: str, address: str, code: str, language: str) -> None:
    if kind == "phone":
        ports.sms().send(number=address, text=codes.SMS.fill(code=code).in_language(language))
        return
    ports.mail().send(
        letters.compose(
            to=address,
            subject=codes.MAIL_SUBJECT.in_language(language),
            body=codes.MAIL_BODY.fill(code=code).in_language(language),
            url="",
            language=language,
        )
    )
