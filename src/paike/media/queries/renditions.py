"""The copies of films, ready or on their way."""

from collections.abc import Iterable
from uuid import UUID

from paike.media.models import Rendition


def of(film_ids: Iterable[UUID]) -> dict[UUID, dict[str, Rendition]]:
    """Per sealed object its renditions by kind (`film-576`, `film-360`, `poster`); one query.
    Every id asked for is in the answer; unfinished renditions have an empty `key`."""
    found: dict[UUID, dict[str, Rendition]] = {film_id: {} for film_id in film_ids}
    for rendition in Rendition.objects.filter(film_id__in=list(found)):
        found[rendition.film_id][rendition.kind] = rendition
    return found


def is_ready(film_id: UUID) -> bool:
    """Whether every rendition of the film can be shown."""
    made = of([film_id])[film_id]
    return bool(made) and all(rendition.finished_at for rendition in made.values())


def progress(film_id: UUID) -> int:
    """How far the renditions of a film are, in percent; 0 when none was asked for."""
    made = of([film_id])[film_id].values()
    return sum(rendition.progress for rendition in made) // len(made) if made else 0
