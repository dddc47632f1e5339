"""Signatures of films, and which films resemble each other."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Q

from paike.media.models import FilmSignature, Likeness
from paike.media.rules.resemblance import signature as signatures


def of_film(film_id: UUID) -> FilmSignature | None:
    """The film's signature in the version that this program compares."""
    found = FilmSignature.objects.filter(film_id=film_id, version=signatures.VERSION)
    return found.first()


def seeds_after(number: int) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, seeds and sound seeds of all signatures with a higher number."""
    found = FilmSignature.objects.filter(number__gt=number, version=signatures.VERSION)
    rows = found.order_by("number").values_list("number", "seeds", "sound_seeds")
    for one, seeds, sounds in rows.iterator(chunk_size=5000):
        yield one, bytes(seeds), bytes(sounds)


def by_number(numbers: Iterable[int]) -> list[FilmSignature]:
    """The signatures that are still there."""
    return list(FilmSignature.objects.filter(number__in=list(numbers)))


def is_compared(film_id: UUID) -> bool:
    """Whether the film was compared with all that were there when it was signed."""
    return FilmSignature.objects.filter(film_id=film_id, compared_at__isnull=False).exists()


def likeness(likeness_id: UUID) -> Likeness | None:
    return Likeness.objects.filter(pk=likeness_id).first()


def likenesses_of(film_id: UUID) -> list[Likeness]:
    """All pairs that the film is in."""
    found = Likeness.objects.filter(Q(film_id=film_id) | Q(other_id=film_id))
    return list(found.order_by("found_at", "pk"))
