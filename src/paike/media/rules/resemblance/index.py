"""Which films may resemble this one: an index of one hash a second of every film, in memory. The same
for sounds, one in two seconds, with a narrower idea of near.

The 63 bits are cut into four pieces. Hashes are found whose piece equals the wanted one in at least
three of four cases up to one bit: all within 7 bits, and about half of those 12 away. A copy shows
dozens of such pictures, so it is not missed; the exact comparison follows (`alignment`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from paike.media.rules.resemblance import picture_hash
from paike.media.rules.resemblance.alignment import NEAR
from paike.media.rules.resemblance.picture_hash import Hashes
from paike.media.rules.resemblance.signature import Signature

PIECE = 16
PIECES = 4
CROWD = 40  # films; a picture that is in more says nothing
TAIL = 120_000  # hashes that wait beside the index before it is sorted anew
SEEDS = 3  # pictures that must resemble before a film is compared
MOST = 40  # films to compare
NEAR_IN_SOUND = 9  # bits of 64: further away there is too much by chance among many films

_FLIPS = numpy.array([0, *(1 << bit for bit in range(PIECE))], dtype=numpy.uint16)


@dataclass(frozen=True, eq=False)
class Candidates:
    """Films to compare, those with the most pictures in common first. `common`: which pictures of
    the film asked about are in many films."""

    films: tuple[int, ...]
    common: NDArray[numpy.bool_]


class Index:
    """Films by number. `add` is cheap; the pieces are sorted again when many have come."""

    def __init__(self, *, near: int = NEAR) -> None:
        self._bits = near
        self._hashes: Hashes = numpy.zeros(0, numpy.uint64)
        self._films: NDArray[numpy.uint32] = numpy.zeros(0, numpy.uint32)
        self._orders: list[NDArray[numpy.uint32]] = []
        self._starts: list[NDArray[numpy.uint32]] = []
        self._sorted = 0
        self._fresh: list[tuple[int, Hashes]] = []
        self.numbers: set[int] = set()

    def add(self, films: Iterable[tuple[int, Hashes]]) -> None:
        """Take in films by number with their seeds. One that is there already changes nothing."""
        for number, seeds in films:
            if number not in self.numbers:
                self.numbers.add(number)
                self._fresh.append((number, seeds))
        self._take_in()
        if len(self._hashes) - self._sorted > TAIL:
            self._sort()

    @property
    def bytes(self) -> int:
        """Memory that its arrays take."""
        pieces = sum(array.nbytes for array in (*self._orders, *self._starts))
        return self._hashes.nbytes + self._films.nbytes + pieces

    def candidates(
        self, film: Signature, *, without: Sequence[int] = (), mirrored: bool = True
    ) -> Candidates:
        """The films that may show the same, as it is or `mirrored`, but those `without`."""
        count = len(film.hashes)
        turned = picture_hash.mirrored(film.hashes) if mirrored else film.hashes[:0]
        both = numpy.concatenate([film.hashes, turned])
        asked, films = self._near(both)
        keep = ~numpy.isin(films, numpy.array(without, numpy.uint32))
        asked, films = asked[keep] % max(1, count), films[keep]
        pairs = numpy.unique(asked.astype(numpy.int64) << 32 | films)
        per_picture = numpy.bincount(pairs >> 32, minlength=count)
        common = per_picture > CROWD
        told = pairs[~common[pairs >> 32]] & 0xFFFFFFFF
        numbers, votes = numpy.unique(told, return_counts=True)
        order = numpy.argsort(-votes, kind="stable")[:MOST]
        return Candidates(
            tuple(int(numbers[place]) for place in order if votes[place] >= SEEDS), common
        )

    def _take_in(self) -> None:
        if self._fresh:
            owners = [numpy.full(len(seeds), n, numpy.uint32) for n, seeds in self._fresh]
            self._hashes = numpy.concatenate([self._hashes, *(s for _, s in self._fresh)])
            self._films = numpy.concatenate([self._films, *owners])
            self._fresh = []

    def _sort(self) -> None:
        self._orders, self._starts = [], []
        for piece in range(PIECES):
            keys = _piece(self._hashes, piece)
            order = numpy.argsort(keys, kind="stable").astype(numpy.uint32)
            counts = numpy.bincount(keys, minlength=1 << PIECE)
            starts = numpy.concatenate([[0], numpy.cumsum(counts)]).astype(numpy.uint32)
            self._orders.append(order)
            self._starts.append(starts)
        self._sorted = len(self._hashes)

    def _near(self, wanted: Hashes) -> tuple[NDArray[numpy.int64], NDArray[numpy.uint32]]:
        """Pairs of (place in `wanted`, film) that differ in at most so many bits."""
        asked, places = [], []
        for piece in range(PIECES if self._sorted else 0):
            keys = _piece(wanted, piece)[:, None] ^ _FLIPS[None, :]
            starts = self._starts[piece]
            first, last = starts[keys].ravel(), starts[keys.astype(numpy.int64) + 1].ravel()
            lengths = (last - first).astype(numpy.int64)
            owners = numpy.repeat(numpy.arange(len(wanted)), len(_FLIPS))
            which = numpy.repeat(owners, lengths)
            steps = numpy.arange(lengths.sum()) - numpy.repeat(
                numpy.cumsum(lengths) - lengths, lengths
            )
            found = self._orders[piece][numpy.repeat(first, lengths) + steps]
            close = numpy.bitwise_count(self._hashes[found] ^ wanted[which]) <= self._bits
            asked.append(which[close])
            places.append(found[close].astype(numpy.int64))
        tail = self._hashes[self._sorted :]
        for number, one in enumerate(wanted if len(tail) else wanted[:0]):
            close_by = (
                numpy.nonzero(numpy.bitwise_count(tail ^ one) <= self._bits)[0] + self._sorted
            )
            asked.append(numpy.full(len(close_by), number))
            places.append(close_by)
        if not asked:
            return numpy.zeros(0, numpy.int64), numpy.zeros(0, numpy.uint32)
        return numpy.concatenate(asked), self._films[numpy.concatenate(places)]


def _piece(hashes: Hashes, piece: int) -> NDArray[numpy.uint16]:
    found: NDArray[numpy.uint16] = (hashes >> numpy.uint64(PIECE * piece)).astype(numpy.uint16)
    return found
