"""A work leaves the call: what waits is closed, its place goes to the next of the reserve."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.audit.actions import records
from paike.campaigns.queries import campaigns
from paike.entries.events import EntryLeft
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.kernel.text import Text
from paike.review.actions import letters, recommendation_lists, referrals
from paike.review.models import Recommendation, RecommendationList, Shortlist, Shortlisting
from paike.review.queries import recommendation_lists as lists
from paike.review.rules import ranking


def when_left(event: EntryLeft) -> None:
    """Listener: withdrawn, disqualified, or merged into another."""
    leave(entry_id=event.entry_id, why=event.how, now=event.at)


@transaction.atomic
def leave(*, entry_id: UUID, why: str, now: datetime) -> None:
    """The work leaves its queue, its list and the shortlist. On a submitted list the reserve moves
    up in its order; on a sealed shortlist the organiser decides who follows (`shortlists.refill`).
    The caller holds the lock on the entry."""
    referrals.close(entry_id=entry_id, now=now)
    standing = Recommendation.objects.filter(entry_id=entry_id, removed_at__isnull=True).first()
    if standing is not None:
        _leave_list(standing.list_id, entry_id=entry_id, why=why, now=now)
    _leave_shortlist(entry_id=entry_id, why=why, now=now)


def _leave_list(list_id: UUID, *, entry_id: UUID, why: str, now: datetime) -> None:
    kept = recommendation_lists.lock(list_id)
    before = lists.ranking_of(kept)
    follower: UUID | None = None
    # Once the vote is over nobody can be shortlisted any more: moving up would be an empty promise.
    is_over = now >= campaigns.rulebook_of(kept.campaign).ballot.closes
    if kept.submitted_at is None or is_over:
        after = before.remove(entry_id)
    else:
        after, follower = ranking.replace_leaver(before, entry_id)
    leaver = Recommendation.objects.filter(list=kept, entry_id=entry_id, removed_at__isnull=True)
    leaver.update(removed_at=now, removed_why=why)
    recommendation_lists.write(kept, after, by=None, now=now)
    records.write(
        now=now,
        act="list.replaced" if follower else "list.left",
        thing="recommendation_list",
        thing_id=kept.pk,
        unit_name=kept.body.name,
        campaign_id=kept.campaign_id,
        details={"left": str(entry_id), "why": why, "follows": str(follower or "")},
    )
    _tell(kept, left=entry_id, follower=follower, now=now)


def _tell(kept: RecommendationList, *, left: UUID, follower: UUID | None, now: datetime) -> None:
    versions = entries.latest_versions([left, *([follower] if follower else [])])
    follows = Text("", "")
    if follower is not None:
        recommendation_lists.record_of_entry(kept, entry_id=follower, by=None, now=now)
        letters.to_entrant(
            versions[follower],
            subject=letters.MOVED_UP,
            body=letters.MOVED_UP_WHY,
            now=now,
            unit=kept.body.short_words,
        )
        follows = letters.LIST_FOLLOWS.fill(title=versions[follower].composed_title)
    letters.to_clerks(
        kept.body,
        subject=letters.LIST_CHANGED,
        body=Text(
            zh=letters.LIST_LEFT.zh + follows.zh,
            en=letters.LIST_LEFT.en + follows.en,
        ),
        link=f"/desk/lists/{kept.pk}/",
        now=now,
        title=versions[left].composed_title,
    )


def _leave_shortlist(*, entry_id: UUID, why: str, now: datetime) -> None:
    # The list's own lock first: against a seal at the same moment the work is either off the list
    # before it, or leaves a vacancy on it.
    campaign = Entry.objects.filter(pk=entry_id).values("campaign")
    shortlist = (
        Shortlist.objects.select_for_update(no_key=True).filter(campaign__in=campaign).first()
    )
    standing = Shortlisting.objects.filter(entry_id=entry_id, removed_at__isnull=True).first()
    if shortlist is None or standing is None:
        return
    if shortlist.sealed_at is None:
        standing.delete()
        return
    standing.removed_at, standing.removed_why = now, why
    standing.save(update_fields=["removed_at", "removed_why"])
    records.write(
        now=now,
        act="shortlist.left",
        thing="shortlist",
        thing_id=shortlist.pk,
        campaign_id=shortlist.campaign_id,
        entry_id=entry_id,
        details={"why": why},
    )
