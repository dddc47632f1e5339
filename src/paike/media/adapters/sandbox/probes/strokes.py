"""Bright thin strokes: what subtitles are made of, and few other things that stay in their place.

Reading is dear, looking for strokes is cheap: a line is read when strokes appeared that are still
there a quarter of a second later, and not again until they change.
"""

from dataclasses import dataclass, field

import numpy
from numpy.typing import NDArray

from paike.media.adapters.sandbox.probes.picture import Luma

Mask = NDArray[numpy.bool_]
BAND = 0.72  # share of the height above the band in which subtitles usually stand
REACH = 5  # points of half size: no stroke is as wide
BRIGHTER = 36  # grey levels above what lies on both sides
LEAST = 0.004  # share of the band that strokes of a line take
BUSY = 0.07  # share of the band: so many strokes are no words, and words among them can't be told
SAME, OTHER = 0.6, 0.5  # likeness of two masks: still the same words; other words


def strokes(luma: Luma) -> Mask:
    """The strokes in the band at the bottom, at half size."""
    height = luma.shape[0]
    half = luma[int(height * BAND) :: 2, ::2].astype(numpy.int16)
    found = numpy.zeros(half.shape, dtype=bool)
    inner = half[:, REACH:-REACH]
    beside = numpy.maximum(half[:, : -2 * REACH], half[:, 2 * REACH :])
    found[:, REACH:-REACH] = inner - beside > BRIGHTER
    inner = half[REACH:-REACH]
    beside = numpy.maximum(half[: -2 * REACH], half[2 * REACH :])
    found[REACH:-REACH] |= inner - beside > BRIGHTER
    return found


def likeness(one: Mask, other: Mask) -> float:
    """0 for nothing in common, 1 for the same."""
    both = float(numpy.count_nonzero(one) * numpy.count_nonzero(other)) ** 0.5
    return float(numpy.count_nonzero(one & other)) / both if both else 0.0


@dataclass
class Watch:
    """Says when a line is new, and when the last one has gone."""

    busy: bool = False  # there is too much in the band to tell
    _before: Mask | None = field(default=None)
    _read: Mask | None = field(default=None)

    def see(self, luma: Luma) -> tuple[bool, bool]:
        """Whether the words that were read have gone or changed, and whether there are others that
        stay and should be read now."""
        now = strokes(luma)
        before, self._before = self._before, now
        share = float(now.mean())
        full, self.busy = share >= LEAST, share >= BUSY
        gone = self._read is not None and (not full or likeness(now, self._read) < OTHER)
        if gone:
            self._read = None
        settled = before is not None and before.shape == now.shape and likeness(now, before) > SAME
        new = full and settled and self._read is None
        if new:
            self._read = now
        return gone, new
