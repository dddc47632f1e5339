"""Accounts with a user name: staff and jurors."""

from uuid import UUID

from paike.accounts.models import Account


def by_id(account_id: UUID) -> Account | None:
    """The account, if it is one of staff or a juror's."""
    return Account.objects.filter(pk=account_id, username__isnull=False, closed_at=None).first()
