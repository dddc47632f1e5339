"""A case of two works whose films show the same, opened as the comparison opens it."""

from paike.entries.models import Entry
from paike.kernel import clock
from paike.media.actions import signatures
from paike.media.rules.resemblance import signature
from paike.media.rules.resemblance.alignment import Shared
from paike.media.rules.resemblance.kinds import Kind, Resemblance
from paike.review.models import LikenessCase
from paike.review.queries import likeness_cases

PASSAGE = Shared(
    start=2.0, end=24.5, other_start=5.0, other_end=27.5, speed=1.0, mirrored=False, share=0.97
)


def case(one: Entry, other: Entry) -> LikenessCase:
    """Both works' latest films share a passage; `one` was compared with `other`."""
    found = Resemblance(Kind.EXCERPT, (PASSAGE,), 0.4, 0.5)
    films = [entry.versions.latest("number").film for entry in (one, other)]
    nothing = signature.of(60.0, [])
    for film in films:
        signatures.store(film_id=film.pk, signature=nothing, now=clock.now())
    signatures.record(film_id=films[1].pk, found={}, now=clock.now())
    signatures.record(film_id=films[0].pk, found={films[1].pk: found}, now=clock.now())
    (opened,) = likeness_cases.of_entry(one)
    return opened
