"""Finding entries and their versions, and what can be read off them."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from paike.entries.models import PERSONAL, Entry, Route, Version
from paike.entries.queries import race
from paike.entries.rules import standing, titles
from paike.orgs.queries import organisations


def _whole() -> QuerySet[Entry]:
    """Entries with all that their standing follows from: four queries however many there are."""
    versions = Version.objects.select_related("reopening", "inspection").order_by("-number")
    return Entry.objects.select_related(
        "campaign", "unit", "film", "withdrawal", "disqualification", "merger"
    ).prefetch_related(Prefetch("versions", queryset=versions))


def by_id(entry_id: UUID) -> Entry | None:
    return _whole().filter(pk=entry_id).first()


def by_ids(entry_ids: Iterable[UUID]) -> dict[UUID, Entry]:
    return {entry.pk: entry for entry in _whole().filter(pk__in=set(entry_ids))}


def of_owner(*, owner_id: UUID, campaign_id: UUID | None = None) -> list[Entry]:
    """An entrant's entries, the one worked on last first."""
    found = _whole().filter(owner_id=owner_id).order_by("-updated_at")
    return list(found.filter(campaign_id=campaign_id) if campaign_id else found)


def of_campaign(*, campaign_id: UUID, submitted_only: bool = True) -> QuerySet[Entry]:
    """A campaign's entries by number, to be filtered and paged further."""
    found = _whole().filter(campaign_id=campaign_id).order_by("number", "created_at")
    return found.filter(number__isnull=False) if submitted_only else found


def in_the_call(*, campaign_id: UUID) -> QuerySet[Entry]:
    """Submitted entries that were neither withdrawn, disqualified nor merged into another."""
    return of_campaign(campaign_id=campaign_id).filter(race.still_in())


def with_personal_data(*, campaign_id: UUID) -> QuerySet[Entry]:
    """Entries, drafts too, in whose sealed fields something stands."""
    filled = reduce(or_, (Q(**{f"{field}__isnull": False}) for field in PERSONAL))
    return Entry.objects.filter(filled, campaign_id=campaign_id)


def version(version_id: UUID) -> Version | None:
    return (
        Version.objects.select_related(
            "entry", "entry__campaign", "entry__unit", "film", "inspection"
        )
        .filter(pk=version_id)
        .first()
    )


def latest_version(entry: Entry) -> Version | None:
    """The version that counts, or None for a draft."""
    return max(entry.versions.all(), key=lambda each: each.number, default=None)


def latest_versions(entry_ids: Iterable[UUID]) -> dict[UUID, Version]:
    """entry id -> the version that counts; entries never submitted are left out."""
    found = (
        Version.objects.filter(entry_id__in=set(entry_ids))
        .select_related("film", "inspection")
        .order_by("entry_id", "-number")
        .distinct("entry_id")
    )
    return {each.entry_id: each for each in found}


def standing_of(entry: Entry) -> standing.Standing:
    """Draft, inspecting, refused, cleared, reopened, withdrawn, disqualified or merged."""
    latest = latest_version(entry)
    return standing.of(
        standing.Facts(
            withdrawn=hasattr(entry, "withdrawal"),
            disqualified=hasattr(entry, "disqualification"),
            merged=hasattr(entry, "merger"),
            submitted=latest is not None,
            cleared=latest is not None and latest.cleared_at is not None,
            refused=latest is not None and latest.refused_at is not None,
            reopened=latest is not None and hasattr(latest, "reopening"),
        )
    )


def named_in_title(entry: Entry) -> str:
    """推荐单位 (the body's short name) on the recommended route, 所在单位 on the individual one."""
    if entry.route == Route.INDIVIDUAL:
        return entry.workplace
    if entry.unit is None:
        return ""
    body = organisations.body_of(entry.unit)
    return (body or entry.unit).short_name


def title_of(entry: Entry) -> str:
    """The composed title: as submitted, or, for a draft, as it would be submitted now."""
    latest = latest_version(entry)
    return latest.composed_title if latest is not None else preview_title(entry)


def preview_title(entry: Entry) -> str:
    """The composed title of the working copy."""
    return titles.compose(named=named_in_title(entry), title=entry.title)


def ids_by_number(*, campaign_id: UUID, numbers: Iterable[int]) -> dict[UUID, int]:
    """entry id -> number, of the works with these numbers."""
    found = Entry.objects.filter(campaign_id=campaign_id, number__in=set(numbers))
    return {entry: number or 0 for entry, number in found.values_list("id", "number")}


def composed_titles(entry_ids: Iterable[UUID]) -> dict[UUID, str]:
    """entry id -> composed title of the version that counts."""
    return {key: each.composed_title for key, each in latest_versions(entry_ids).items()}
