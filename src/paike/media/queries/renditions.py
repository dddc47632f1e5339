"""The copies of films, ready or on their way."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from paike.media.models import Rendition, RenditionKind
from paike.uploads.models import SealedObject

SHOWN = (RenditionKind.FILM_576, RenditionKind.FILM_360, RenditionKind.POSTER)
POSTERS = tuple(kind for kind in RenditionKind if kind.value.startswith("poster"))


def of(film_ids: Iterable[UUID]) -> dict[UUID, dict[str, Rendition]]:
    """Per sealed object what is shown of it by kind (`film-576`, `film-360`, `poster`); one query.
    Every id asked for is in the answer; unfinished renditions have an empty `key`."""
    found: dict[UUID, dict[str, Rendition]] = {film_id: {} for film_id in film_ids}
    for rendition in Rendition.objects.filter(film_id__in=list(found), kind__in=SHOWN):
        found[rendition.film_id][rendition.kind] = rendition
    return found


def posters(film_id: UUID) -> list[Rendition]:
    """The poster and the other candidates, the chosen one first, each picture once."""
    found: dict[str, Rendition] = {}
    for row in Rendition.objects.filter(film_id=film_id, kind__in=POSTERS).order_by("kind"):
        if row.key:
            found.setdefault(row.sha256, row)
    return list(found.values())


def storyboard(film_id: UUID) -> Rendition | None:
    """The small pictures of the whole film; None while they are not made."""
    row = Rendition.objects.filter(film_id=film_id, kind=RenditionKind.STORYBOARD).first()
    return row if row is not None and row.key else None


def is_ready(film_id: UUID) -> bool:
    """Whether every rendition of the film can be shown."""
    made = of([film_id])[film_id]
    return bool(made) and all(rendition.finished_at for rendition in made.values())


def progress(film_id: UUID) -> int:
    """How far the renditions of a film are, in percent; 0 when none was asked for."""
    made = of([film_id])[film_id].values()
    return sum(rendition.progress for rendition in made) // len(made) if made else 0


def unfinished() -> QuerySet[Rendition]:
    """One row per film whose copies are not all made, given up or under way, the oldest first."""
    missing = Rendition.objects.filter(finished_at=None)
    one_each = missing.order_by("film_id", "kind").distinct("film_id").values("pk")
    found = Rendition.objects.filter(pk__in=one_each).select_related("film__upload")
    return found.order_by("requested_at", "pk")


def finished_since(moment: datetime) -> int:
    """How many films got their last copy since then."""
    made = Rendition.objects.filter(finished_at__gte=moment)
    return made.values("film_id").distinct().count()


def film(film_id: UUID) -> SealedObject | None:
    """The sealed object whose copies these are."""
    return SealedObject.objects.filter(pk=film_id).first()
