"""A unit gives a work back: its entrant may change the form and submit the next version."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.entries.actions import entries as drafts
from paike.entries.models import Reopening, Version
from paike.entries.queries import entries
from paike.entries.rules import standing
from paike.kernel.text import Text


class NotReturnable(Exception):
    """Only the version that counts, once the gate let it pass, can be given back."""

    text = Text("这个版本现在不能退回。", "This version can't be returned now.")


@transaction.atomic
def reopen(*, version_id: UUID, by: Account, reason: str, now: datetime) -> Reopening:
    """Open the form again. Called by whoever returns a work (`review`), who also audits and tells
    the decision. Doing it twice changes nothing; the version and its verdicts stay as they are.

    Raises NotReturnable.
    """
    version = Version.objects.get(pk=version_id)
    entry = drafts.lock(version.entry_id)
    latest, where = entries.latest_version(entry), entries.standing_of(entry)
    if latest is None or latest.pk != version.pk:
        raise NotReturnable
    if where is standing.Standing.REOPENED:
        return latest.reopening
    if where is not standing.Standing.CLEARED:
        raise NotReturnable
    return Reopening.objects.create(version=latest, by=by, at=now, reason=reason)
