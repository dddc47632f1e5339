"""An account and the contacts it is found by."""

from datetime import datetime

from django.db import IntegrityError, transaction

from paike.accounts.actions import trail
from paike.accounts.models import Account, Consent, Contact
from paike.accounts.rules import contacts, privacy
from paike.kernel.text import Text
from paike.vault import cipher


class ContactTaken(Exception):
    """The phone or address belongs to another account."""

    text = Text(
        "这个手机号或邮箱已绑定其他账号。请换一个，或用它直接登录。",
        "This number or address belongs to another account. Use another one, or sign in with it.",
    )


def contact_index(kind: str, value: str) -> str:
    """The blind index under which a contact in its written form is found."""
    return cipher.blind_index(contacts.reached(kind, value), purpose=f"contact.{kind}")


@transaction.atomic
def find_or_register(*, kind: str, value: str, now: datetime) -> Account:
    """The open account of a confirmed contact; a new one when there is none. The current privacy
    notice counts as agreed to: the form does not go on without it."""
    index = contact_index(kind, value)
    found = Contact.objects.select_related("account").filter(kind=kind, index=index).first()
    account = found.account if found else _register(kind, value, index, now)
    give_consent(account=account, now=now)
    return account


@transaction.atomic
def add_contact(*, account: Account, kind: str, value: str, now: datetime) -> Contact:
    """Bind one more contact; one of the same kind is replaced. Raises ContactTaken."""
    index = contact_index(kind, value)
    held = Contact.objects.select_for_update(no_key=True).filter(kind=kind, index=index).first()
    if held is not None and held.account_id != account.id:
        raise ContactTaken
    if held is not None:
        return held
    Contact.objects.filter(account=account, kind=kind).delete()
    try:
        with transaction.atomic():
            contact = Contact.objects.create(
                account=account, kind=kind, value=value, index=index, confirmed_at=now
            )
    except IntegrityError as fault:  # bound elsewhere between the look and the write
        raise ContactTaken from fault
    trail.write(act="contact.added", account=account, now=now, details={"kind": kind})
    return contact


@transaction.atomic
def give_consent(*, account: Account, now: datetime) -> Consent:
    """Store that the account agreed to the current privacy notice; once per version."""
    consent, is_new = Consent.objects.get_or_create(
        account=account,
        kind=privacy.KIND,
        version=privacy.VERSION,
        withdrawn_at=None,
        defaults={"text_hash": privacy.text_hash(), "at": now},
    )
    if is_new:
        trail.write(
            act="consent.given", account=account, now=now, details={"version": privacy.VERSION}
        )
    return consent


def _register(kind: str, value: str, index: str, now: datetime) -> Account:
    account = Account(created_at=now)
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save()
            Contact.objects.create(
                account=account, kind=kind, value=value, index=index, confirmed_at=now
            )
    except IntegrityError:  # the same person, twice at the same moment
        return Contact.objects.select_related("account").get(kind=kind, index=index).account
    trail.write(act="account.registered", account=account, now=now, details={"by": kind})
    return account
