"""The same work by two units goes on as one, with both units credited. No fault of anybody's."""

from datetime import datetime

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.entries import events
from paike.entries.actions import entries as drafts
from paike.entries.actions import letters
from paike.entries.models import Entry, Merger
from paike.entries.queries import entries
from paike.entries.rules import standing
from paike.kernel import events as kernel_events
from paike.kernel.text import Text
from paike.orgs import access as orgs_access


class NotAllowed(Exception):
    """Only an organiser merges."""

    text = Text("只有主办方可以合并作品。", "Only the organiser may merge works.")


class NotInTheCall(Exception):
    """One of the two is a draft, has left, or is in another call."""

    text = Text(
        "只能合并同一次征集中、都还在评选的两部作品。",
        "Only two works that are both still in the same call can be merged.",
    )


class ReasonMissing(Exception):
    text = Text("请写明理由，作者会看到。", "Give the reason; the entrant reads it.")


@transaction.atomic
def merge(*, entry: Entry, into: Entry, by: Account, reason: str, now: datetime) -> Merger:
    """Take `entry` out in favour of `into`. A second click finds the first one's row.

    Raises NotAllowed, ReasonMissing, NotInTheCall.
    """
    if not orgs_access.is_organiser(by):
        raise NotAllowed
    if not reason.strip():
        raise ReasonMissing
    # Always in the same order: two that are merged into each other at once wait, and one is refused.
    locked = {pk: drafts.lock(pk) for pk in sorted((entry.pk, into.pk))}
    leaves, stays = locked[entry.pk], locked[into.pk]
    if hasattr(leaves, "merger") and leaves.merger.into_id == stays.pk:
        return leaves.merger
    if leaves.pk == stays.pk or leaves.campaign_id != stays.campaign_id:
        raise NotInTheCall
    if any(
        one.number is None or entries.standing_of(one) in standing.OUT for one in (leaves, stays)
    ):
        raise NotInTheCall
    fact = Merger.objects.create(entry=leaves, into=stays, by=by, at=now, reason=reason.strip())
    records.write(
        now=now,
        act="entry.merged",
        thing="entry",
        thing_id=leaves.pk,
        actor=by,
        role="organiser",
        campaign_id=leaves.campaign_id,
        entry_id=leaves.pk,
        details={"reason": fact.reason, "into": stays.number},
    )
    letters.merged(leaves, title=entries.title_of(leaves), reason=fact.reason, now=now)
    kernel_events.publish(
        events.EntryMerged(entry_id=leaves.pk, reason=fact.reason, at=now, into_id=stays.pk)
    )
    return fact
