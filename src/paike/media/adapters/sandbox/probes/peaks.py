"""What happens near full scale: the true peak between samples, and sound that was cut off."""

import math

import numpy
from numpy.typing import NDArray

from paike.media.adapters.sandbox.probes.loudness import Samples

TAPS = 24
PHASES = (0.25, 0.5, 0.75)  # four times the rate, as BS.1770-5 annex 2 asks
NEAR = 0.7  # only beside samples this near to the highest can the true peak lie
MOST = 4000
CLIPPED = 0.985  # of full scale: coding moves flat tops a little
RUN = 3  # samples in a row


def _kernel() -> NDArray[numpy.float64]:
    places = numpy.arange(TAPS) - (TAPS // 2 - 1)
    rows = []
    for phase in PHASES:
        x = places - phase
        window = numpy.cos(math.pi * x / (TAPS + 1)) ** 2
        rows.append(numpy.sinc(x) * window)
    return numpy.array(rows).T


KERNEL = _kernel()


def highest(samples: Samples) -> tuple[float, int]:
    """The true peak (1.0 is full scale) of one channel, and at which sample it is."""
    size = numpy.abs(samples)
    top = float(size.max(initial=0.0))
    if top == 0.0 or samples.size <= TAPS:
        return top, 0
    place = int(size.argmax())
    near = numpy.flatnonzero(size >= top * NEAR)
    near = near[(near >= TAPS) & (near < samples.size - TAPS)]
    if near.size > MOST:
        near = near[numpy.argpartition(size[near], -MOST)[-MOST:]]
    if near.size:
        around = samples[near[:, None] + numpy.arange(TAPS) - (TAPS // 2 - 1)]
        between = numpy.abs(around @ KERNEL).max(axis=1)
        best = int(between.argmax())
        if between[best] > top:
            return float(between[best]), int(near[best])
    return top, place


def clipped(samples: Samples) -> NDArray[numpy.int64]:
    """The samples that are part of a flat top at full scale."""
    high = numpy.abs(samples) >= CLIPPED
    runs = high[:-2] & high[1:-1] & high[2:]
    found = numpy.zeros(samples.size, dtype=bool)
    for shift in range(RUN):
        found[shift : shift + runs.size] |= runs
    return numpy.flatnonzero(found)
