"""Bodies' lists, what stands on them and what could."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from paike.entries.models import Entry, Route
from paike.review.models import Recommendation, RecommendationList
from paike.review.queries import states
from paike.review.rules.ranking import Ranking
from paike.review.rules.states import StateKey


def by_id(list_id: UUID) -> RecommendationList | None:
    return _whole().filter(pk=list_id).first()


def of_body(*, campaign_id: UUID, body_id: UUID) -> RecommendationList | None:
    return _whole().filter(campaign_id=campaign_id, body_id=body_id).first()


def by_check_code(code: str) -> RecommendationList | None:
    """A submitted list by the code on its paper; an unsubmitted one has no valid paper."""
    return _whole().filter(check_code=code, submitted_at__isnull=False).first()


def of_bodies(body_ids: Iterable[UUID]) -> list[RecommendationList]:
    """Every list of these bodies, the latest campaign first."""
    return list(_whole().filter(body_id__in=set(body_ids)).order_by("-created_at"))


def of_campaign(*, campaign_id: UUID) -> list[RecommendationList]:
    return list(_whole().filter(campaign_id=campaign_id).order_by("body__position", "body__code"))


def _whole() -> QuerySet[RecommendationList]:
    return RecommendationList.objects.select_related("campaign", "body", "submitted_by")


def live(list_id: UUID) -> QuerySet[Recommendation]:
    """What stands on a list now: ranked places in order, then the reserve in order."""
    return (
        Recommendation.objects.filter(list_id=list_id, removed_at__isnull=True)
        .select_related("entry", "entry__unit")
        .order_by("rank", "reserve_rank")  # NULLs come last in PostgreSQL
    )


def ranking_of(recommendation_list: RecommendationList) -> Ranking:
    """The list as the rules read it."""
    rows = list(live(recommendation_list.pk))
    return Ranking(
        least=recommendation_list.quota_min,
        most=recommendation_list.quota_max,
        ranked=tuple(row.entry_id for row in rows if row.rank is not None),
        reserve=tuple(row.entry_id for row in rows if row.rank is None),
    )


def submitted_at(*, entry_id: UUID) -> datetime | None:
    """When the list that ranks an entry was submitted; None while it is on no such list."""
    live_places = Recommendation.objects.filter(
        entry_id=entry_id, removed_at__isnull=True, rank__isnull=False
    )
    moment: datetime | None = live_places.values_list("list__submitted_at", flat=True).first()
    return moment


def recommended(*, campaign_id: UUID) -> list[Recommendation]:
    """Every ranked work on a submitted list of a campaign."""
    return list(
        Recommendation.objects.filter(
            list__campaign_id=campaign_id,
            list__submitted_at__isnull=False,
            removed_at__isnull=True,
            rank__isnull=False,
        )
        .select_related("entry", "list", "list__body")
        .order_by("list__body__position", "list__body__code", "rank")
    )


def candidates(recommendation_list: RecommendationList) -> list[UUID]:
    """Entries that the body accepted and that do not stand on its list, the earliest first."""
    found = states.annotate(
        Entry.objects.filter(campaign_id=recommendation_list.campaign_id, route=Route.RECOMMENDED)
    ).filter(
        state__in=[StateKey.ACCEPTED.value, StateKey.NOT_RECOMMENDED.value],
        waits_at_id=recommendation_list.body_id,
    )
    return list(found.order_by("state_since", "number").values_list("pk", flat=True))


def is_candidate(recommendation_list: RecommendationList, entry_id: UUID) -> bool:
    found = states.annotate(
        Entry.objects.filter(
            pk=entry_id,
            campaign_id=recommendation_list.campaign_id,
            route=Route.RECOMMENDED,
        )
    )
    return found.filter(
        state=StateKey.ACCEPTED.value, waits_at_id=recommendation_list.body_id
    ).exists()
