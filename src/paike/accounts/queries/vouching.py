"""The contact that stands for a person where one person counts once."""

from collections.abc import Collection

from paike.accounts.models import Account, Contact


def contact_of(account: Account, *, kinds: Collection[str]) -> Contact | None:
    """The contact of these kinds that was confirmed first, so that binding another one makes nobody
    a second person. Its `index` is the same after the account was closed and made anew."""
    if account.closed_at is not None or not account.is_active:
        return None
    found = Contact.objects.filter(account=account, kind__in=kinds)
    return found.order_by("confirmed_at", "kind").first()
