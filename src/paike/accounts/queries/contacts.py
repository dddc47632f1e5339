"""A person's own contacts, as they may be shown to them."""

from dataclasses import dataclass
from uuid import UUID

from paike.accounts.models import Account, Contact
from paike.accounts.rules import contacts as rules


@dataclass(frozen=True)
class Shown:
    """A contact with its middle hidden."""

    kind: str
    masked: str


def of(*, account: Account) -> list[Shown]:
    """The confirmed contacts, oldest first."""
    rows = Contact.objects.filter(account=account).order_by("confirmed_at")
    return [
        Shown(kind=row.kind, masked=rules.masked(row.kind, row.value.open()))
        for row in rows
        if row.value
    ]


def account_by_id(account_id: UUID) -> Account | None:
    """An open account."""
    return Account.objects.filter(id=account_id, is_active=True).first()
