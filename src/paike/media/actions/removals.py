"""Films that nobody may keep: the file and every copy go, the rows that only speak of them too."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from paike.media.actions import conversions, examinations, jobs
from paike.media.models import (
    Captions,
    Conversion,
    Examination,
    FilmSignature,
    Inspection,
    Rendition,
    Transcript,
)
from paike.objects import ports as objects
from paike.uploads.models import SealedObject

TASK = "media.remove"


@transaction.atomic
def request(*, film_ids: Iterable[UUID]) -> None:
    """Have these films removed by a job, once the caller's transaction has committed."""
    for film_id in film_ids:
        app.configure_task(TASK, allow_unknown=True, queue=jobs.QUEUE).defer(film_id=str(film_id))


def remove(*, film_id: UUID) -> None:
    """Remove the files first: a job that is killed in between still finds their keys when it runs
    again. What stays is the upload's row with hash and size. Raises StoreFault."""
    film = SealedObject.objects.get(pk=film_id)
    copies = Rendition.objects.filter(film=film)
    seen = Examination.objects.filter(inspection__film=film)
    pictures = [key for one in seen for key in examinations.pictures_of(one)]
    converted = Conversion.objects.filter(inspection__film=film)
    made = [key for one in converted for key in conversions.keys_of(one)]
    for key in (film.key, *copies.exclude(key="").values_list("key", flat=True), *pictures, *made):
        objects.store().delete(key)
    with transaction.atomic():
        copies.delete()
        Captions.objects.filter(film=film).delete()
        Transcript.objects.filter(film=film).delete()
        seen.delete()
        converted.delete()
        Inspection.objects.filter(film=film).delete()
        FilmSignature.objects.filter(film=film).delete()
