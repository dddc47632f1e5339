"""What jurors mark, and what they may know of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from paike.entries.models import Entry, Version
from paike.uploads.models import SealedObject


@dataclass(frozen=True)
class Work:
    """A work as a juror sees it: number, bare title, synopsis, film. No names, units or votes."""

    id: UUID
    number: int
    title: str
    theme: str
    synopsis: str
    film: SealedObject | None


def in_the_race(campaign_id: UUID) -> QuerySet[Entry]:
    """Works on the sealed shortlist that are still in. The shortlist's rows are read through the
    entry: the review is a sibling room, whose tables we know and whose code we don't."""
    return Entry.objects.filter(
        campaign_id=campaign_id,
        shortlisting__removed_at__isnull=True,
        shortlisting__shortlist__sealed_at__isnull=False,
        withdrawal__isnull=True,
        disqualification__isnull=True,
    )


def blind(campaign_id: UUID) -> list[Work]:
    """The works in the order of their numbers, without anything that tells whose they are."""
    cleared = Version.objects.filter(cleared_at__isnull=False).select_related("film")
    found = in_the_race(campaign_id).prefetch_related(
        Prefetch("versions", queryset=cleared.order_by("-number"), to_attr="cleared")
    )
    return [_blind(entry) for entry in found.order_by("number")]


def _blind(entry: Entry) -> Work:
    versions: list[Version] = entry.cleared  # type: ignore[attr-defined]  # the prefetch above
    latest = versions[0] if versions else None
    form = latest.snapshot if latest else {}
    return Work(
        id=entry.pk,
        number=entry.number or 0,
        title=form.get("title", entry.title),
        theme=form.get("theme", entry.theme),
        synopsis=form.get("synopsis", entry.synopsis),
        film=latest.film if latest else None,
    )
