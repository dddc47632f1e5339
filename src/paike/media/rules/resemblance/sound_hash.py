"""Two seconds of sound as 64 bits that stay nearly the same when it is encoded again, made louder,
filtered, or put under other pictures: `docs/spec/film-signature.md`."""

import numpy
from numpy.typing import NDArray

Samples = NDArray[numpy.float32]

RATE = 8000  # samples a second that are looked at
WINDOW = 3200  # samples of a spectrum: 0.4 s
HOP = 1000  # samples from one spectrum to the next: an eighth of a second
APART = 3  # spectra from one moment that is compared to the next
MOMENTS = 5
BANDS = 17
LOWEST, HIGHEST = 250.0, 3400.0  # Hz: what telephones and small loudspeakers keep
SPAN = ((MOMENTS - 1) * APART * HOP + WINDOW) / RATE  # seconds
QUIET = 1e-5  # mean power (-50 dB) under which there is nothing to compare
AT_ONCE = 512  # spectra

_SHAPE = numpy.hanning(WINDOW).astype(numpy.float32)
_EDGES = numpy.round(
    LOWEST * (HIGHEST / LOWEST) ** (numpy.arange(BANDS + 1) / BANDS) * WINDOW / RATE
).astype(int)
_BITS = (numpy.uint64(1) << numpy.arange(64, dtype=numpy.uint64)).reshape(1, -1)


def of_sound(samples: Samples) -> list[tuple[float, int]]:
    """The hashes of a film's sound (mono, RATE samples a second) as (seconds, hash): eight a second,
    each at the middle of the time that it tells of. Where it is quiet there are none."""
    count = (len(samples) - WINDOW) // HOP + 1
    reach = (MOMENTS - 1) * APART
    if count <= reach:
        return []
    levels, power = _levels(samples, count)
    # What a room, a microphone or a louder copy adds is the same in all moments, and goes.
    slope = levels[:, :-1] - levels[:, 1:]
    turns = [
        slope[place * APART : count - reach + place * APART]
        > slope[(place + 1) * APART : count - reach + (place + 1) * APART]
        for place in range(MOMENTS - 1)
    ]
    numbers = numpy.where(numpy.concatenate(turns, axis=1), _BITS, numpy.uint64(0)).sum(axis=1)
    loud = numpy.all(
        [power[place * APART : count - reach + place * APART] > QUIET for place in range(MOMENTS)],
        axis=0,
    )
    return [
        (float(place) * HOP / RATE + SPAN / 2, int(numbers[place]))
        for place in numpy.nonzero(loud)[0]
    ]


def _levels(samples: Samples, count: int) -> tuple[NDArray[numpy.float32], NDArray[numpy.float32]]:
    """The logarithm of the power of each band in each spectrum, and the mean power of each window."""
    windows = numpy.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP][:count]
    levels = numpy.empty((count, BANDS), numpy.float32)
    power = numpy.empty(count, numpy.float32)
    for first in range(0, count, AT_ONCE):
        part = windows[first : first + AT_ONCE]
        power[first : first + AT_ONCE] = (part**2).mean(axis=1)
        spectrum = numpy.abs(numpy.fft.rfft(part * _SHAPE, axis=1)) ** 2
        sums = numpy.add.reduceat(spectrum[:, : _EDGES[-1]], _EDGES[:-1], axis=1)
        levels[first : first + AT_ONCE] = numpy.log(sums + 1e-9)
    return levels, power
