"""Comparing a film with all others: the index of this process, kept up with the database."""

import threading
from uuid import UUID

import numpy

from paike.media.queries import signatures
from paike.media.rules.resemblance import kinds
from paike.media.rules.resemblance.index import NEAR_IN_SOUND, Candidates, Index
from paike.media.rules.resemblance.kinds import Resemblance
from paike.media.rules.resemblance.picture_hash import Hashes
from paike.media.rules.resemblance.signature import Signature

# Numbers are given before transactions commit, so one that is a little lower may appear later.
LOOK_BACK = 1000


class _Known:
    """The index of all films, loaded when first needed; each comparison takes in what is new."""

    def __init__(self) -> None:
        self._pictures, self._sounds = Index(), Index(near=NEAR_IN_SOUND)
        self._highest = 0
        self._lock = threading.Lock()

    def candidates(self, film: Signature, number: int) -> tuple[Candidates, Candidates]:
        """By the pictures, and by the sound."""
        with self._lock:
            rows = list(signatures.seeds_after(self._highest - LOOK_BACK))
            self._pictures.add((one, _hashes(seeds)) for one, seeds, _ in rows)
            self._sounds.add((one, _hashes(sounds)) for one, _, sounds in rows)
            self._highest = max(self._pictures.numbers, default=0)
            shown = self._pictures.candidates(film, without=[number])
            heard = self._sounds.candidates(film.heard, without=[number], mirrored=False)
        return shown, heard


def _hashes(content: bytes) -> Hashes:
    return numpy.frombuffer(content, "<u8").astype(numpy.uint64)


_known = _Known()


def forget() -> None:
    """Begin with an empty index: for tests, whose database is another every time."""
    global _known
    _known = _Known()


def compare(film_id: UUID) -> dict[UUID, Resemblance] | None:
    """What each film that shows the same has to do with this one; None where it has no signature.
    A film that is removed meanwhile is left out."""
    row = signatures.of_film(film_id)
    if row is None:
        return None
    film = Signature.from_bytes(bytes(row.content))
    shown, heard = _known.candidates(film, row.number)
    found: dict[UUID, Resemblance] = {}
    for other_row in signatures.by_number({*shown.films, *heard.films}):
        other = Signature.from_bytes(bytes(other_row.content))
        resemblance = kinds.between(film, other, common=shown.common, common_sound=heard.common)
        if resemblance is not None:
            found[other_row.film_id] = resemblance
    return found
