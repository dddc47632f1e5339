"""What a clerk's units have before them, call by call: units serve one call after another, and
sometimes two at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from paike.campaigns.models import Campaign
from paike.orgs.models import Organisation
from paike.review.models import RecommendationList, Referral
from paike.review.queries import recommendation_lists, referrals


@dataclass(frozen=True)
class Desk:
    """One call at one unit: how many works wait, and the unit's list if it is a body with one."""

    campaign: Campaign
    waiting: int
    list: RecommendationList | None


def of_units(units: Iterable[Organisation]) -> dict[UUID, list[Desk]]:
    """unit id -> its calls, the one opened last first; none before a first work came. A fixed
    number of statements however many units there are."""
    ids = {unit.pk for unit in units}
    waiting = referrals.counts_waiting(unit_ids=ids)
    lists = {(one.body_id, one.campaign_id): one for one in recommendation_lists.of_bodies(ids)}
    came = Referral.objects.filter(unit_id__in=ids).values_list("unit_id", "entry__campaign_id")
    pairs = {*came.distinct().order_by(), *lists}
    calls = Campaign.objects.filter(pk__in={campaign_id for _unit, campaign_id in pairs})
    found: dict[UUID, list[Desk]] = {}
    for call in calls.order_by("-opened_at"):
        for unit_id in ids:
            key = (unit_id, call.pk)
            if key in pairs:
                desk = Desk(call, waiting.get(key, 0), lists.get(key))
                found.setdefault(unit_id, []).append(desk)
    return found


def queue(
    desk: Desk | None, *, unit: Organisation, decided: bool, theme: str
) -> QuerySet[Referral]:
    """What waits at a unit in the call of its desk, or what it has decided; of one theme only where
    one is named."""
    if desk is None:
        return Referral.objects.none()
    find = referrals.decided if decided else referrals.waiting
    rows = find(unit_id=unit.pk, campaign_id=desk.campaign.pk)
    return rows.filter(entry__theme=theme) if theme else rows


def chosen(desks: list[Desk], slug: str) -> Desk | None:
    """The desk of the call named in the address; without a name, the first at which something
    waits. None where the unit has none, or not this one."""
    if slug:
        return next((desk for desk in desks if desk.campaign.slug == slug), None)
    return next((desk for desk in desks if desk.waiting), desks[0] if desks else None)
