"""Where entries stand, for one, for many or for a whole campaign: one SQL statement each time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    Expression,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from paike.entries.models import Entry, Route, Version
from paike.orgs.models import Organisation
from paike.review.models import (
    Recommendation,
    RecommendationList,
    Referral,
    Shortlist,
    Shortlisting,
)
from paike.review.rules.states import StateKey


@dataclass(frozen=True)
class EntryState:
    """`unit` is where the work waits, or who decided last; None before the review."""

    key: StateKey
    unit: Organisation | None
    since: datetime


def of_entries(entry_ids: Iterable[UUID]) -> dict[UUID, EntryState]:
    """The state of each entry that exists."""
    rows = list(
        annotate(Entry.objects.filter(pk__in=list(entry_ids))).values_list(
            "pk", "state", "state_unit_id", "state_since"
        )
    )
    units = Organisation.objects.in_bulk({row[2] for row in rows if row[2] is not None})
    return {
        pk: EntryState(key=StateKey(state), unit=units.get(unit_id), since=since)
        for pk, state, unit_id, since in rows
    }


def annotate(entries: QuerySet[Entry]) -> QuerySet[Any]:
    """Entries with `state`, `state_unit_id`, `state_since`, `latest_version_id`."""
    known: QuerySet[Any] = _with_rows(entries)
    known = known.annotate(state=_first_that_holds(_state), state_since=_first_that_holds(_since))
    return cast("QuerySet[Any]", known.annotate(state_unit_id=F("waits_at_id")))


def _with_rows(entries: QuerySet[Entry]) -> QuerySet[Any]:
    version = Version.objects.filter(entry=OuterRef("pk")).order_by("-number")
    referral = Referral.objects.filter(entry=OuterRef("pk")).order_by("-number")
    live = Recommendation.objects.filter(entry=OuterRef("pk"), removed_at__isnull=True)
    seal = Shortlisting.objects.filter(
        entry=OuterRef("pk"), removed_at__isnull=True, shortlist__sealed_at__isnull=False
    )
    return entries.annotate(
        latest_version_id=Subquery(version.values("pk")[:1]),
        version_at=Subquery(version.values("submitted_at")[:1]),
        version_cleared_at=Subquery(version.values("cleared_at")[:1]),
        version_refused_at=Subquery(version.values("refused_at")[:1]),
        version_reopened_at=Subquery(version.values("reopening__at")[:1]),
        waits_version_id=Subquery(referral.values("version_id")[:1]),
        waits_at_id=Subquery(referral.values("unit_id")[:1]),
        waits_since=Subquery(referral.values("arrived_at")[:1]),
        waits_closed_at=Subquery(referral.values("closed_at")[:1]),
        decided=Subquery(referral.values("decision__outcome")[:1]),
        decided_at=Subquery(referral.values("decision__at")[:1]),
        list_rank=Subquery(live.values("rank")[:1]),
        list_added_at=Subquery(live.values("added_at")[:1]),
        list_submitted_at=Subquery(live.values("list__submitted_at")[:1]),
        shortlisted_at=Subquery(seal.values("added_at")[:1]),
        shortlist_sealed_at=Subquery(
            Shortlist.objects.filter(campaign=OuterRef("campaign")).values("sealed_at")[:1]
        ),
        body_has_submitted=Exists(
            RecommendationList.objects.filter(
                campaign=OuterRef("campaign"),
                body_id=OuterRef("waits_at_id"),
                submitted_at__isnull=False,
            )
        ),
    )


def _first_that_holds(leaf: Callable[[StateKey], Expression]) -> Case:
    """What `leaf` makes of an entry's state: the first that holds, from the end of the road to its
    beginning. Nested, since PostgreSQL looks a row up anew wherever a condition names it."""
    sent = Q(list_submitted_at__isnull=False)
    ranked = Q(list_rank__isnull=False)
    sealed = Q(shortlist_sealed_at__isnull=False)
    current = Q(waits_version_id=F("latest_version_id"))  # the unit speaks of the latest version
    open_ = Q(waits_since__isnull=False, waits_closed_at__isnull=True)
    refused = Q(version_refused_at__isnull=False)

    def case(*rungs: tuple[Q, StateKey | Case], default: StateKey) -> Case:
        made = [(when, leaf(then) if isinstance(then, StateKey) else then) for when, then in rungs]
        return Case(*(When(when, then=then) for when, then in made), default=leaf(default))

    listed = case(
        (~sent, StateKey.LISTED),
        (~ranked, StateKey.RESERVE),
        (sealed, StateKey.NOT_SHORTLISTED),
        default=StateKey.RECOMMENDED,
    )
    accepted = case(
        (Q(route=Route.INDIVIDUAL) & sealed, StateKey.NOT_SHORTLISTED),
        (Q(body_has_submitted=True), StateKey.NOT_RECOMMENDED),
        default=StateKey.ACCEPTED,
    )
    return case(
        (Q(disqualification__isnull=False), StateKey.DISQUALIFIED),
        (Q(merger__isnull=False), StateKey.MERGED),
        (Q(withdrawal__isnull=False), StateKey.WITHDRAWN),
        (Q(shortlisted_at__isnull=False), StateKey.SHORTLISTED),
        (Q(list_added_at__isnull=False), listed),
        (Q(version_reopened_at__isnull=False), StateKey.RETURNED),
        (Q(decided="accept") & current, accepted),
        (open_ & (current | refused), StateKey.WAITING),
        (refused, StateKey.REFUSED),
        (Q(decided="decline") & current, StateKey.DECLINED),
        (Q(latest_version_id__isnull=False), StateKey.CHECKING),
        default=StateKey.DRAFT,
    )


_SINCE = {
    StateKey.DISQUALIFIED: "disqualification__at",
    StateKey.MERGED: "merger__at",
    StateKey.WITHDRAWN: "withdrawal__at",
    StateKey.SHORTLISTED: "shortlist_sealed_at",
    StateKey.NOT_SHORTLISTED: "shortlist_sealed_at",
    StateKey.RECOMMENDED: "list_submitted_at",
    StateKey.RESERVE: "list_submitted_at",
    StateKey.LISTED: "list_added_at",
    StateKey.WAITING: "waits_since",
    StateKey.RETURNED: "version_reopened_at",
    StateKey.REFUSED: "version_refused_at",
    StateKey.CHECKING: "version_at",
    StateKey.DRAFT: "created_at",
}


def _state(key: StateKey) -> Expression:
    return Value(key.value, output_field=CharField())


def _since(key: StateKey) -> Expression:
    """By the same conditions and not by `state`, which PostgreSQL would work out anew for every
    state that it is compared with."""
    return Coalesce(_SINCE.get(key, "decided_at"), "created_at", output_field=DateTimeField())
