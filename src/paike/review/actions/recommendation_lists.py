"""A body draws up its list: ranks works, keeps a reserve, submits once."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.kernel import events
from paike.kernel.text import Text
from paike.orgs.models import Organisation
from paike.review import access
from paike.review.actions import letters, stage_checks
from paike.review.events import ListSubmitted
from paike.review.models import Recommendation, RecommendationList
from paike.review.queries import recommendation_lists as queries
from paike.review.rules.ranking import Ranking
from paike.review.rules.refusals import Refusal

RECOMMENDED = "entry.recommended"
PARKED = 30_000  # a reserve place nobody has: where rows stand while places change hands


class AlreadySubmitted(Refusal):
    """A list is submitted exactly once; afterwards only the reserve moves up."""


class NotACandidate(Refusal):
    """The work was not accepted by this body, or has left the call."""


class NotYours(Refusal):
    """Only the body's own clerks draw up its list."""


def ensure(*, campaign: Campaign, body: Organisation, now: datetime) -> RecommendationList:
    """The body's list, made when its first candidate arrives."""
    funnel = campaigns.rulebook_of(campaign).funnel
    found, _ = RecommendationList.objects.get_or_create(
        campaign=campaign,
        body=body,
        defaults={
            "quota_min": funnel.recommend_min,
            "quota_max": funnel.recommend_max,
            "created_at": now,
        },
    )
    return found


@transaction.atomic
def add(
    *, list_id: UUID, entry_id: UUID, by: Account, now: datetime, reserve: bool = False
) -> Recommendation:
    """Put a candidate on the first empty place, or at the end of the reserve.

    Raises OverQuota, AlreadyListed, NotACandidate, AlreadySubmitted, NotYours, Closed.
    """
    Entry.objects.select_for_update(no_key=True).get(pk=entry_id)  # entries are locked before lists
    kept = _lock(list_id, by=by, now=now)
    before = queries.ranking_of(kept)
    after = before.add_to_reserve(entry_id) if reserve else before.add(entry_id)
    if not queries.is_candidate(kept, entry_id):
        raise NotACandidate(
            Text(
                zh="这部作品不在{body}的候选中，可能已撤回。请刷新后再看。",
                en="This work is not a candidate of {body}; it may have been withdrawn. Reload to see.",
            ).fill(body=kept.body.short_words)
        )
    write(kept, after, by=by, now=now)
    _record(kept, act="recommendation.added", by=by, now=now, entry_id=entry_id, reserve=reserve)
    return Recommendation.objects.get(list=kept, entry_id=entry_id, removed_at__isnull=True)


@transaction.atomic
def remove(*, list_id: UUID, entry_id: UUID, by: Account, now: datetime) -> RecommendationList:
    """Take a work off an unsubmitted list; it stays a candidate. Raises NotListed and as `add`."""
    kept = _lock(list_id, by=by, now=now)
    write(kept, queries.ranking_of(kept).remove(entry_id), by=by, now=now)
    _record(kept, act="recommendation.removed", by=by, now=now, entry_id=entry_id)
    return kept


@transaction.atomic
def move(
    *, list_id: UUID, entry_id: UUID, by: Account, now: datetime, to: int | str
) -> RecommendationList:
    """Move a work: `to` is "up", "down", "reserve" or a ranked place from 1.

    Raises OverQuota, NotListed and as `add`.
    """
    kept = _lock(list_id, by=by, now=now)
    before = queries.ranking_of(kept)
    if isinstance(to, int):
        after = before.put_at(entry_id, to)
    else:
        steps: dict[str, Callable[[UUID], Ranking]] = {
            "up": before.up,
            "down": before.down,
            "reserve": before.put_in_reserve,
        }
        after = steps[to](entry_id)
    write(kept, after, by=by, now=now)
    _record(kept, act="recommendation.moved", by=by, now=now, entry_id=entry_id, to=str(to))
    return kept


@transaction.atomic
def submit(*, list_id: UUID, by: Account, now: datetime) -> RecommendationList:
    """Submit the list, once. Raises TooFew, AlreadySubmitted, NotYours, Closed."""
    kept = _lock(list_id, by=by, now=now)
    ranking = queries.ranking_of(kept)
    ranking.check_complete()
    kept.submitted_at, kept.submitted_by = now, by
    kept.save(update_fields=["submitted_at", "submitted_by"])
    _record(
        kept,
        act="list.submitted",
        by=by,
        now=now,
        ranked=[str(one) for one in ranking.ranked],
        reserve=[str(one) for one in ranking.reserve],
    )
    _tell(kept, ranking, by=by, now=now)
    events.publish(ListSubmitted(list_id=kept.pk, at=now))
    return kept


def _tell(kept: RecommendationList, ranking: Ranking, *, by: Account, now: datetime) -> None:
    """Everybody whose work the body had accepted hears what became of it, on the work's trail too."""
    left_out = queries.candidates(kept)
    versions = entries.latest_versions([*ranking.ranked, *ranking.reserve, *left_out])
    for entry_ids, act, subject, body in (
        (ranking.ranked, RECOMMENDED, letters.RECOMMENDED, letters.RECOMMENDED_NEXT),
        (ranking.reserve, "entry.in-reserve", letters.IN_RESERVE, letters.IN_RESERVE_WHAT),
        (
            left_out,
            "entry.not-recommended",
            letters.NOT_RECOMMENDED,
            letters.NOT_RECOMMENDED_THANKS,
        ),
    ):
        for entry_id in entry_ids:
            record_of_entry(kept, act=act, entry_id=entry_id, by=by, now=now)
            letters.to_entrant(
                versions[entry_id],
                subject=subject,
                body=body,
                now=now,
                unit=kept.body.short_words,
            )


def record_of_entry(
    kept: RecommendationList,
    *,
    entry_id: UUID,
    by: Account | None,
    now: datetime,
    act: str = RECOMMENDED,
) -> None:
    """The line on the entry's own trail."""
    records.write(
        now=now,
        act=act,
        thing="recommendation_list",
        thing_id=kept.pk,
        actor=by,
        role="clerk" if by is not None else "",
        unit_name=kept.body.name,
        campaign_id=kept.campaign_id,
        entry_id=entry_id,
    )


def write(kept: RecommendationList, after: Ranking, *, by: Account | None, now: datetime) -> None:
    """Make the rows say what `after` says. The caller holds the list's lock. A work that is new in
    `after` needs `by`; one that is missing from it is removed."""
    rows = {row.entry_id: row for row in queries.live(kept.pk)}
    places = after.places()
    live = Recommendation.objects.filter(list=kept, removed_at__isnull=True)
    live.exclude(entry_id__in=places).update(removed_at=now, removed_why="removed")
    moving = [
        entry_id
        for entry_id, row in rows.items()
        if entry_id in places and places[entry_id] != (row.rank, row.reserve_rank)
    ]
    live.filter(entry_id__in=moving).update(rank=None, reserve_rank=PARKED)
    for entry_id in moving:
        rank, reserve_rank = places[entry_id]
        live.filter(entry_id=entry_id).update(rank=rank, reserve_rank=reserve_rank)
    new = {key: place for key, place in places.items() if key not in rows}
    if by is not None:  # Paike itself only takes works off and moves them up
        Recommendation.objects.bulk_create(
            Recommendation(
                list=kept,
                entry_id=entry_id,
                rank=rank,
                reserve_rank=reserve_rank,
                quota_max=kept.quota_max,
                added_at=now,
                added_by=by,
            )
            for entry_id, (rank, reserve_rank) in new.items()
        )


def lock(list_id: UUID) -> RecommendationList:
    return (
        RecommendationList.objects.select_for_update(no_key=True, of=("self",))
        .select_related("campaign", "body")
        .get(pk=list_id)
    )


def _lock(list_id: UUID, *, by: Account, now: datetime) -> RecommendationList:
    kept = lock(list_id)
    if not access.may_keep(by, kept):
        raise NotYours(
            Text(
                zh="只有{body}的审核员可以编制这份名单。",
                en="Only a clerk of {body} draws up this list.",
            ).fill(body=kept.body.short_words)
        )
    if kept.submitted_at is not None:
        raise AlreadySubmitted(
            Text(
                zh="名单已提交，不能再改。有作品退出时，系统按候补次序递补。",
                en="The list has been submitted and no longer changes. When a work leaves, the "
                "reserve moves up by itself.",
            )
        )
    stage_checks.require(kept.campaign, "recommend", now)
    return kept


def _record(
    kept: RecommendationList,
    *,
    act: str,
    by: Account,
    now: datetime,
    entry_id: UUID | None = None,
    **details: object,
) -> None:
    """Without `entry_id` on the record: how a body ranks before it submits is its own business."""
    if entry_id is not None:
        details["entry"] = str(entry_id)
    records.write(
        now=now,
        act=act,
        thing="recommendation_list",
        thing_id=kept.pk,
        actor=by,
        role="clerk",
        unit_name=kept.body.name,
        campaign_id=kept.campaign_id,
        details=details,
    )
