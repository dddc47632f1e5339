"""The shortlist, what stands on it and what could."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from paike.entries.models import Entry
from paike.entries.queries import race
from paike.review.models import Recommendation, Shortlist, Shortlisting
from paike.review.queries import states
from paike.review.rules.states import StateKey


def of_campaign(*, campaign_id: UUID) -> Shortlist | None:
    return (
        Shortlist.objects.select_related("campaign", "sealed_by")
        .filter(campaign_id=campaign_id)
        .first()
    )


def by_id(shortlist_id: UUID) -> Shortlist | None:
    return Shortlist.objects.select_related("campaign").filter(pk=shortlist_id).first()


def shortlistings(*, campaign_id: UUID) -> QuerySet[Shortlisting]:
    """What stands on the shortlist, sealed or not, in the order it was chosen."""
    return (
        Shortlisting.objects.filter(shortlist__campaign_id=campaign_id, removed_at__isnull=True)
        .select_related("entry", "entry__unit")
        .order_by("added_at", "entry__number")
    )


def chosen_ids(*, campaign_id: UUID) -> list[UUID]:
    """Entries on the shortlist, sealed or not."""
    return list(shortlistings(campaign_id=campaign_id).values_list("entry_id", flat=True))


def sealed_ids(*, campaign_id: UUID) -> list[UUID]:
    """Entries on the sealed shortlist by number: what vote and jury are about. Empty before."""
    rows = shortlistings(campaign_id=campaign_id).filter(shortlist__sealed_at__isnull=False)
    return list(rows.order_by("entry__number").values_list("entry_id", flat=True))


def is_shortlisted(entry_id: UUID) -> bool:
    """Whether the work stands on a sealed shortlist."""
    return Shortlisting.objects.filter(
        entry_id=entry_id, removed_at__isnull=True, shortlist__sealed_at__isnull=False
    ).exists()


def vacancies(*, campaign_id: UUID) -> list[Shortlisting]:
    """Works that left the sealed shortlist and whose place nobody has taken yet."""
    return list(
        Shortlisting.objects.filter(
            shortlist__campaign_id=campaign_id, removed_at__isnull=False, replaced_by__isnull=True
        )
        .select_related("entry", "shortlist")
        .order_by("removed_at")
    )


def eligible(*, campaign_id: UUID) -> QuerySet[Any]:
    """Entries that may be shortlisted, chosen ones included: ranked on a submitted list, or
    individual and accepted by the undertaker."""
    recommended = Recommendation.objects.filter(
        list__campaign_id=campaign_id,
        list__submitted_at__isnull=False,
        removed_at__isnull=True,
        rank__isnull=False,
    ).values("entry_id")
    accepted = [StateKey.ACCEPTED.value, StateKey.NOT_SHORTLISTED.value]
    in_call = Entry.objects.filter(race.still_in(), campaign_id=campaign_id)
    return states.annotate(in_call).filter(
        Q(pk__in=recommended)
        | Q(route="individual", state__in=[*accepted, StateKey.SHORTLISTED.value])
    )


def candidates(*, campaign_id: UUID) -> QuerySet[Any]:
    """Those of `eligible` that may still be added."""
    chosen = Shortlisting.objects.filter(shortlist__campaign_id=campaign_id).values("entry_id")
    return eligible(campaign_id=campaign_id).exclude(pk__in=chosen).order_by("number")
