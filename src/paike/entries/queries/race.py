"""The works that vote and jury are about."""

from uuid import UUID

from django.db.models import Q, QuerySet

from paike.entries.models import Entry


def of_campaign(campaign_id: UUID) -> QuerySet[Entry]:
    """Works on the sealed shortlist that are still in the call."""
    return of_all().filter(campaign_id=campaign_id)


def of_all() -> QuerySet[Entry]:
    """The same of every call. The shortlist's rows are read by their way back to the entry: vote and
    jury, which both ask, stand beside the review and may not know it, and this room stands below
    it."""
    return Entry.objects.filter(
        still_in(),
        shortlisting__removed_at__isnull=True,
        shortlisting__shortlist__sealed_at__isnull=False,
    )


def still_in(entry: str = "") -> Q:
    """That an entry has not left the call: the way to it from the rows asked is `entry`, where they
    are not entries themselves."""
    way = f"{entry}__" if entry else ""
    facts = ("withdrawal", "disqualification", "merger")
    return Q(**{f"{way}{fact}__isnull": True for fact in facts})


def ids(campaign_id: UUID) -> set[UUID]:
    return set(of_campaign(campaign_id).values_list("id", flat=True))
