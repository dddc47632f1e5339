"""The small pictures of whole films, with the length that their moments follow from."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from paike.media.models import Inspection, Rendition, RenditionKind
from paike.media.rules import storyboards


@dataclass(frozen=True)
class Storyboard:
    """The picture of forty, and how long its film is in milliseconds."""

    picture: Rendition
    ms: int

    def track(self, address: str) -> str:
        """The WebVTT track; `address`: of the picture, as seen from the track."""
        width, height = self.picture.width, self.picture.height
        return storyboards.track(address=address, width=width, height=height, ms=self.ms)

    def part_at(self, at: int) -> storyboards.Part:
        """Where in the picture the moment `at` (milliseconds) is shown."""
        number = storyboards.number_at(at, ms=self.ms)
        return storyboards.part(number, width=self.picture.width, height=self.picture.height)


def of_films(film_ids: Iterable[UUID]) -> dict[UUID, Storyboard]:
    """film id -> its storyboard; films without one, or of unknown length, are left out."""
    made = Rendition.objects.filter(
        film_id__in=set(film_ids), kind=RenditionKind.STORYBOARD, width__gt=0
    ).exclude(key="")
    pictures = {one.film_id: one for one in made}
    latest = Inspection.objects.filter(film_id__in=pictures, report__isnull=False)
    lengths = latest.order_by("film_id", "-requested_at").distinct("film_id")
    found = dict(lengths.values_list("film_id", "report__facts__duration_ms"))
    return {
        film: Storyboard(picture, int(found[film]))
        for film, picture in pictures.items()
        if found.get(film)
    }


def of_film(film_id: UUID) -> Storyboard | None:
    return of_films([film_id]).get(film_id)


def by_id(rendition_id: UUID) -> Storyboard | None:
    """The storyboard whose picture this is."""
    row = Rendition.objects.filter(pk=rendition_id, kind=RenditionKind.STORYBOARD).first()
    return of_film(row.film_id) if row is not None else None
