"""What an entrant who closed the account takes along: every name, number and unit in their forms."""

from django.db import transaction

from paike.accounts.events import AccountClosed
from paike.entries.models import Entry
from paike.vault.fields import SealedTextField

SEALED = tuple(
    field.name for field in Entry._meta.local_fields if isinstance(field, SealedTextField)
)


@transaction.atomic
def erase(event: AccountClosed) -> None:
    """Empty the personal fields of all entries of the account. A work that stands in a call goes on
    under its credit and composed title, as the page that closes the account says."""
    entries = Entry.objects.filter(owner_id=event.account_id)
    entries.update(updated_at=event.at, **dict.fromkeys(SEALED))
