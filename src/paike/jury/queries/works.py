"""What jurors mark, and what they may know of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from paike.entries.models import Entry, Version
from paike.entries.queries import race
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


def blind(campaign_id: UUID) -> list[Work]:
    """The works in the order of their numbers, without anything that tells whose they are."""
    cleared = Version.objects.filter(cleared_at__isnull=False).select_related("film")
    found = race.of_campaign(campaign_id).prefetch_related(
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
