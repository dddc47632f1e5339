"""The entrant takes a work back."""

from datetime import datetime

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.entries import access, events, ports
from paike.entries.actions import entries as drafts
from paike.entries.actions import letters
from paike.entries.models import Entry, Withdrawal
from paike.entries.queries import entries
from paike.kernel import events as kernel_events
from paike.kernel.text import Text


class NotPossible(Exception):
    """The work is not the person's, or it has left the call already."""

    text = Text("这个作品现在不能撤回。", "This work can't be withdrawn now.")


class AlreadyShortlisted(Exception):
    """Voters and jurors are looking at it: leaving is the organiser's decision now."""

    text = Text(
        "作品已入围，不能自行撤回。请联系主办方说明原因。",
        "The work is on the shortlist and can't be withdrawn by yourself. Ask the organiser.",
    )


@transaction.atomic
def withdraw(*, entry: Entry, by: Account, now: datetime, reason: str = "") -> Withdrawal:
    """Take the work back. A second click finds the first one's row.

    Raises NotPossible, AlreadyShortlisted.
    """
    locked = drafts.lock(entry.pk)
    if access.is_owner(by, locked) and hasattr(locked, "withdrawal"):
        return locked.withdrawal
    if not access.may_withdraw(by, locked):
        raise NotPossible
    if ports.is_shortlisted(locked.pk):
        raise AlreadyShortlisted
    withdrawal = Withdrawal.objects.create(entry=locked, by=by, at=now, reason=reason.strip())
    records.write(
        now=now,
        act="entry.withdrawn",
        thing="entry",
        thing_id=locked.pk,
        actor=by,
        role="entrant",
        campaign_id=locked.campaign_id,
        entry_id=locked.pk,
    )
    if locked.number is not None:
        letters.withdrawn(locked, title=entries.title_of(locked), now=now)
        kernel_events.publish(
            events.EntryWithdrawn(entry_id=locked.pk, reason=withdrawal.reason, at=now)
        )
    return withdrawal
