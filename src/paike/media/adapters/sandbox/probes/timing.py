"""When pictures are shown and for how long, read from the packets without decoding any."""

from collections.abc import Sequence
from fractions import Fraction

import numpy

from paike.media.rules.measured import Timing

TOLERANCE = 0.15  # share of a step: containers with coarse clocks round more than 10 %
LEAST_TICKS = 1.5


class Clocks:
    """Collects the times of packets of picture and sound."""

    def __init__(self) -> None:
        self._pictures: list[int] = []
        self._unit = Fraction(1, 1000)
        self._last_tick = 0
        self._sound_end = 0.0
        self.fields = 0
        self.decoded = 0

    def picture(self, pts: int, duration: int, unit: Fraction) -> None:
        self._pictures.append(pts)
        self._unit = unit
        self._last_tick = max(self._last_tick, pts + duration)

    def sound(self, end: float) -> None:
        self._sound_end = max(self._sound_end, end)

    def timing(self) -> Timing:
        step, odd = steps(self._pictures)
        return Timing(
            frames=len(self._pictures),
            step=float(step * self._unit),
            odd=odd,
            interlaced=self.fields / self.decoded if self.decoded else 0.0,
            picture_end=float(self._last_tick * self._unit),
            sound_end=self._sound_end,
        )


def steps(times: Sequence[int]) -> tuple[int, float]:
    """The usual step between pictures in ticks, and the share of steps that differ from it."""
    if len(times) < 3:
        return 0, 0.0
    gaps = numpy.diff(numpy.sort(numpy.asarray(times, dtype=numpy.int64)))
    usual = int(numpy.median(gaps))
    far = numpy.abs(gaps - usual) > max(LEAST_TICKS, usual * TOLERANCE)
    return usual, float(far.mean())
