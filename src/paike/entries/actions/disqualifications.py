"""The organiser takes a work out of the call, with a reason that its entrant reads."""

from datetime import datetime

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.entries import events
from paike.entries.actions import entries as drafts
from paike.entries.actions import letters
from paike.entries.models import Disqualification, Entry
from paike.entries.queries import entries
from paike.entries.rules import standing
from paike.kernel import events as kernel_events
from paike.kernel.text import Text
from paike.orgs import access as orgs_access


class NotAllowed(Exception):
    """Only an organiser disqualifies."""

    text = Text("只有主办方可以取消评选资格。", "Only the organiser may disqualify a work.")


class NotInTheCall(Exception):
    """A draft, or a work that has left already."""

    text = Text("这个作品不在评选中。", "This work is not in the call.")


class ReasonMissing(Exception):
    text = Text("请写明理由，作者会看到。", "Give the reason; the entrant reads it.")


@transaction.atomic
def disqualify(*, entry: Entry, by: Account, reason: str, now: datetime) -> Disqualification:
    """Take the work out. A second click finds the first one's row.

    Raises NotAllowed, ReasonMissing, NotInTheCall.
    """
    if not orgs_access.is_organiser(by):
        raise NotAllowed
    if not reason.strip():
        raise ReasonMissing
    locked = drafts.lock(entry.pk)
    if hasattr(locked, "disqualification"):
        return locked.disqualification
    if locked.number is None or entries.standing_of(locked) in standing.OUT:
        raise NotInTheCall
    fact = Disqualification.objects.create(entry=locked, by=by, at=now, reason=reason.strip())
    records.write(
        now=now,
        act="entry.disqualified",
        thing="entry",
        thing_id=locked.pk,
        actor=by,
        role="organiser",
        campaign_id=locked.campaign_id,
        entry_id=locked.pk,
        details={"reason": fact.reason},
    )
    letters.disqualified(locked, title=entries.title_of(locked), reason=fact.reason, now=now)
    kernel_events.publish(events.EntryDisqualified(entry_id=locked.pk, reason=fact.reason, at=now))
    return fact
