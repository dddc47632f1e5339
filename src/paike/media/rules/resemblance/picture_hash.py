"""One picture as 63 bits that stay nearly the same when it is encoded again, scaled, brightened, set
in black bars, turned a little, or carries a logo: `docs/spec/film-signature.md`."""

import numpy
from numpy.typing import NDArray

Luma = NDArray[numpy.uint8]
Hashes = NDArray[numpy.uint64]

SIDE = 32  # cells along each side of the reduced picture
KEPT = 8  # lowest frequencies along each side; all but the mean are kept
BORDER = 40  # luma that the brightest part of a border does not pass
CUT = 0.08  # of the brightest and of the darkest cells, taken for no more than the others
FLAT = 6.0  # spread of grey levels under which a picture says nothing: black, white, fog
LEAST = 0.3  # of the width and height that must be left within the bars

_steps = numpy.arange(SIDE) + 0.5
_WAVES = numpy.cos(numpy.pi / SIDE * numpy.arange(KEPT)[:, None] * _steps).astype(numpy.float32)
_PLACES = [(row, column) for row in range(KEPT) for column in range(KEPT) if row or column]
_BITS = numpy.array([1 << place for place in range(63)], dtype=numpy.uint64)
# Mirrored, a picture has the same waves; those with an odd number of half waves across turn round.
ODD = numpy.uint64(sum(1 << place for place, (_, column) in enumerate(_PLACES) if column % 2))


def of_picture(luma: Luma) -> int | None:
    """The hash of a picture's brightness; None where there is too little in it to tell."""
    inner = _within_bars(luma)
    if inner is None:
        return None
    cells = _reduced(inner)
    # A logo on a dark picture, a lamp, a title must not outshine all the rest.
    cells = cells.clip(*numpy.quantile(cells, (CUT, 1 - CUT)))
    if float(cells.std()) < FLAT:
        return None
    waves = (_WAVES @ cells @ _WAVES.T).reshape(-1)[1:]
    return int(_BITS[waves > 0].sum())


def mirrored(hashes: Hashes) -> Hashes:
    """The hashes of the same pictures seen in a mirror."""
    found: Hashes = hashes ^ ODD
    return found


def distances(one: Hashes, other: Hashes) -> NDArray[numpy.uint8]:
    """Bits in which hashes differ, each of `one` (rows) with each of the `other` (columns)."""
    found: NDArray[numpy.uint8] = numpy.bitwise_count(one[:, None] ^ other[None, :])
    return found


def _within_bars(luma: Luma) -> Luma | None:
    """The picture without its black borders. A single bright dot is none of the picture's."""
    rows = numpy.partition(luma, -4, axis=1)[:, -4] > BORDER
    columns = numpy.partition(luma, -4, axis=0)[-4] > BORDER
    if not rows.any() or not columns.any():
        return None
    top, bottom = int(rows.argmax()), rows.size - int(rows[::-1].argmax())
    left, right = int(columns.argmax()), columns.size - int(columns[::-1].argmax())
    if bottom - top < LEAST * rows.size or right - left < LEAST * columns.size:
        return None
    return luma[top:bottom, left:right]


def _reduced(luma: Luma) -> NDArray[numpy.float32]:
    """The means of 32 x 32 parts of the picture."""
    rows = numpy.linspace(0, luma.shape[0], SIDE + 1).astype(int)
    columns = numpy.linspace(0, luma.shape[1], SIDE + 1).astype(int)
    sums = numpy.add.reduceat(luma.astype(numpy.float32), rows[:-1], axis=0)
    sums = numpy.add.reduceat(sums, columns[:-1], axis=1)
    found: NDArray[numpy.float32] = sums / (numpy.diff(rows)[:, None] * numpy.diff(columns))
    return found.astype(numpy.float32)
