"""What waits where, what was decided, and the queues of the units."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from paike.review.models import Decision, Referral


def _whole() -> QuerySet[Referral]:
    return Referral.objects.select_related(
        "entry", "entry__campaign", "entry__unit", "version", "version__inspection", "unit"
    )


def by_id(referral_id: UUID) -> Referral | None:
    return _whole().filter(pk=referral_id).first()


def waiting(*, unit_id: UUID, campaign_id: UUID) -> QuerySet[Referral]:
    """What waits at a unit in a call, the oldest first."""
    found = _at(unit_id, campaign_id).filter(closed_at__isnull=True)
    return found.order_by("arrived_at", "pk")


def decided(*, unit_id: UUID, campaign_id: UUID) -> QuerySet[Referral]:
    """What a unit has decided in a call and not taken back, the latest first."""
    return (
        _at(unit_id, campaign_id)
        .select_related("decision")
        .filter(decision__isnull=False, decision__reversal__isnull=True)
        .order_by("-decision__at", "pk")
    )


def _at(unit_id: UUID, campaign_id: UUID) -> QuerySet[Referral]:
    return _whole().filter(unit_id=unit_id, entry__campaign_id=campaign_id)


def counts_waiting(*, unit_ids: Iterable[UUID]) -> dict[tuple[UUID, UUID], int]:
    """(unit id, campaign id) -> number of works that wait there; pairs without any are left out."""
    rows = (
        Referral.objects.filter(unit_id__in=set(unit_ids), closed_at__isnull=True)
        .values("unit_id", "entry__campaign_id")
        .annotate(number=Count("pk"))
    )
    return {(row["unit_id"], row["entry__campaign_id"]): row["number"] for row in rows}


def latest(*, entry_id: UUID) -> Referral | None:
    """Where the entry waits or waited last."""
    return _whole().select_related("decision").filter(entry_id=entry_id).order_by("-number").first()


def of_entry(*, entry_id: UUID) -> list[Referral]:
    """Every wait of an entry with its decision, in order; reversed decisions included."""
    return list(
        Referral.objects.filter(entry_id=entry_id)
        .select_related("unit", "version", "decision", "decision__reversal", "decision__by")
        .order_by("number")
    )


def latest_at(*, unit_id: UUID, entry_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """entry id -> id of its last wait at a unit; works that never waited there are left out."""
    found = Referral.objects.filter(unit_id=unit_id, entry_id__in=set(entry_ids))
    return dict(found.order_by("number").values_list("entry_id", "pk"))


def of_entries(entry_ids: Iterable[UUID]) -> dict[UUID, list[Referral]]:
    """entry id -> its waits in order, for many entries at once."""
    found: dict[UUID, list[Referral]] = {}
    rows = (
        Referral.objects.filter(entry_id__in=set(entry_ids))
        .select_related("unit", "decision", "decision__reversal")
        .order_by("entry_id", "number")
    )
    for row in rows:
        found.setdefault(row.entry_id, []).append(row)
    return found


def neighbours(referral: Referral) -> tuple[Referral | None, Referral | None]:
    """The one before and the one after in the unit's queue of this call."""
    queue = list(_queue_of(referral).values_list("pk", "arrived_at"))
    place = (referral.arrived_at, referral.pk)
    before = [pk for pk, at in queue if (at, pk) < place]
    after = [pk for pk, at in queue if (at, pk) > place]
    return by_id(before[-1]) if before else None, by_id(after[0]) if after else None


def number_waiting_with(referral: Referral) -> int:
    """How many works wait in the queue that this one is or was in."""
    return _queue_of(referral).count()


def _queue_of(referral: Referral) -> QuerySet[Referral]:
    return waiting(unit_id=referral.unit_id, campaign_id=referral.entry.campaign_id)


def decision(decision_id: UUID) -> Decision | None:
    return (
        Decision.objects.select_related("referral", "referral__entry", "referral__unit", "by")
        .filter(pk=decision_id)
        .first()
    )
