"""The captions of films."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from paike.media.models import Captions


def of_films(film_ids: Iterable[UUID]) -> dict[UUID, Captions]:
    """film id -> its captions; films without any are left out."""
    return {one.film_id: one for one in _live().filter(film_id__in=set(film_ids))}


def of_film(film_id: UUID) -> Captions | None:
    return _live().filter(film_id=film_id).first()


def by_id(captions_id: UUID) -> Captions | None:
    """As long as they have not been replaced or removed."""
    return _live().filter(pk=captions_id).first()


def _live() -> QuerySet[Captions]:
    return Captions.objects.filter(ended_at__isnull=True)
