"""What is erased of entries: names, numbers and units when they are no longer needed, and with a
closed account also all of what was never submitted: the words, their history, the films."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from paike.accounts.events import AccountClosed
from paike.entries.models import Entry, Version, Withdrawal
from paike.media.actions import removals
from paike.uploads.models import SealedObject
from paike.vault.fields import SealedTextField

SEALED = tuple(
    field.name for field in Entry._meta.local_fields if isinstance(field, SealedTextField)
)
WORDS = ("workplace", "title", "synopsis", "credit")
HISTORY = Entry._meta.apps.get_model("entries", "EntryEvent")  # made by pghistory


def empty(entries: QuerySet[Entry], *, now: datetime) -> None:
    """Nothing personal stands in these entries any more."""
    entries.update(updated_at=now, **dict.fromkeys(SEALED))


@transaction.atomic
def erase(event: AccountClosed) -> None:
    """Empty the personal fields of all entries of the account. A work that was submitted goes on
    under its credit and composed title, as the page that closes the account says; of a draft
    nothing stays."""
    mine = Entry.objects.filter(owner_id=event.account_id)
    empty(mine, now=event.at)
    drafts = mine.filter(number__isnull=True)
    drafts.update(film=None, **dict.fromkeys(WORDS, ""))
    HISTORY._default_manager.filter(pgh_obj_id__in=drafts.values("pk")).delete()
    Withdrawal.objects.filter(by_id=event.account_id).update(reason="")
    _remove_films(event)


def _remove_films(event: AccountClosed) -> None:
    """Films that no submitted version is made of."""
    kept = Version.objects.filter(entry__owner_id=event.account_id).values("film_id")
    films = SealedObject.objects.filter(upload__owner_id=event.account_id).exclude(pk__in=kept)
    Entry.objects.filter(film__in=films).update(film=None)
    removals.request(film_ids=list(films.values_list("pk", flat=True)))
