"""What people do with their own data: correct it, choose a language, withdraw, leave."""

from datetime import datetime
from typing import Any

from django.db import transaction

from paike.accounts.actions import trail
from paike.accounts.events import AccountClosed
from paike.accounts.models import Account, Consent, Contact, RecoveryCode
from paike.accounts.rules import privacy
from paike.kernel import events
from paike.notify.models import Message

LANGUAGES = ("zh-hans", "en")


@transaction.atomic
def correct(*, account: Account, real_name: str, unit_name: str, now: datetime) -> Account:
    """Store what the person now says about themselves; an empty text erases."""
    row = Account.objects.select_for_update(no_key=True).get(id=account.id)
    row.real_name, row.unit_name = real_name.strip(), unit_name.strip()
    row.save(update_fields=["real_name", "unit_name"])
    trail.write(act="account.corrected", account=row, now=now)
    return row


@transaction.atomic
def choose_language(*, account: Account, language: str) -> None:
    """The language of pages and letters. Raises ValueError for one we do not speak."""
    if language not in LANGUAGES:
        raise ValueError(f"{language} is not one of {', '.join(LANGUAGES)}")
    Account.objects.filter(id=account.id).update(language=language)


@transaction.atomic
def export(*, account: Account, now: datetime) -> dict[str, Any]:
    """Everything this room and the inbox know about the person, readable; audited."""
    trail.write(act="account.exported", account=account, now=now)
    contacts = account.contacts.order_by("confirmed_at")
    return {
        "account": {
            "id": str(account.id),
            "created_at": account.created_at.isoformat(),
            "username": account.username,
            "display_name": account.display_name,
            "real_name": account.real_name.open() if account.real_name else "",
            "unit_name": account.unit_name.open() if account.unit_name else "",
            "language": account.language,
        },
        "contacts": [
            {
                "kind": contact.kind,
                "value": contact.value.open() if contact.value else "",
                "confirmed_at": contact.confirmed_at.isoformat(),
            }
            for contact in contacts
        ],
        "consents": [
            {
                "kind": consent.kind,
                "version": consent.version,
                "text_hash": consent.text_hash,
                "at": consent.at.isoformat(),
                "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
            }
            for consent in account.consents.order_by("at")
        ],
        "messages": [
            {"at": row.created_at.isoformat(), "subject": row.subject, "body": row.body}
            for row in Message.objects.filter(recipient=account).order_by("created_at")
        ],
    }


@transaction.atomic
def withdraw_consent(*, account: Account, now: datetime) -> None:
    """Take back the consent to the privacy notice. The account stays, unused, until the person
    agrees again at the next sign-in or closes it."""
    live = Consent.objects.filter(account=account, kind=privacy.KIND, withdrawn_at__isnull=True)
    if live.update(withdrawn_at=now):
        trail.write(act="consent.withdrawn", account=account, now=now)


@transaction.atomic
def close(*, account: Account, now: datetime) -> None:
    """Erase who the person is and end every session. What others rely on (ballots, decisions, the
    trail) stays under an account without name or contact. Rooms above hear AccountClosed."""
    row = Account.objects.select_for_update(no_key=True).get(id=account.id)
    if row.closed_at is not None:
        return
    Contact.objects.filter(account=row).delete()
    RecoveryCode.objects.filter(account=row).delete()
    Message.objects.filter(recipient=row).delete()
    live = Consent.objects.filter(account=row, withdrawn_at__isnull=True)
    live.update(withdrawn_at=now)
    row.username, row.display_name = None, ""
    row.real_name = row.unit_name = row.totp_secret = None
    row.totp_confirmed_at, row.last_login = None, None
    row.is_active, row.closed_at = False, now
    row.set_unusable_password()
    row.save()
    trail.write(act="account.closed", account=row, now=now)
    events.publish(AccountClosed(account_id=row.id, at=now))
