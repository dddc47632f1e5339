"""Loudness as in ITU-R BS.1770-5: K-weighting, 400 ms blocks, both gates. The weighting is applied to
the spectrum of each 100 ms, which needs no filter sample by sample."""

import math
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

Samples = NDArray[numpy.float32]
OFFSET = -0.691  # BS.1770: brings a 997 Hz tone to its level
ABSOLUTE_GATE, RELATIVE_GATE = -70.0, -10.0
BLOCKS_OF_100_MS = 4
QUIETEST = -120.0
# The two filters as analogue prototypes (libebur128's reading of the standard's coefficients).
SHELF = (1681.974450955533, 3.999843853973347, 0.7071752369554196)  # Hz, dB, Q
HIGH_PASS = (38.13547087602444, 0.5003270373238773)  # Hz, Q


def weights(rate: int, length: int) -> NDArray[numpy.float64]:
    """The power response of the K-weighting at the frequencies of a real spectrum of `length`
    samples, scaled so that the weighted sum of |spectrum|² is a mean square."""
    turn = numpy.exp(-2j * math.pi * numpy.fft.rfftfreq(length))
    response = numpy.ones_like(turn)
    for b, a in (_shelf(rate), _high_pass(rate)):
        response *= numpy.polyval(b[::-1], turn) / numpy.polyval(a[::-1], turn)
    power: NDArray[numpy.float64] = numpy.abs(response) ** 2
    power[1:] *= 2
    if length % 2 == 0:
        power[-1] /= 2
    return power / length**2


def integrated(squares: Sequence[float]) -> float:
    """LUFS of a film from the weighted mean squares (channels added) of its tenths of a second."""
    tenths = numpy.asarray(squares, dtype=numpy.float64)
    if tenths.size < BLOCKS_OF_100_MS:
        return QUIETEST
    blocks = numpy.convolve(tenths, numpy.full(BLOCKS_OF_100_MS, 1 / BLOCKS_OF_100_MS), "valid")
    loud = blocks[blocks > _power(ABSOLUTE_GATE)]
    if loud.size == 0:
        return QUIETEST
    loud = loud[loud > loud.mean() * 10 ** (RELATIVE_GATE / 10)]
    return OFFSET + 10 * math.log10(float(loud.mean()))


def decibels(square: float) -> float:
    """The level of a mean square, full scale being 0 dB."""
    return 10 * math.log10(square) if square > 1e-12 else QUIETEST


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET) / 10))


def _shelf(rate: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    frequency, gain, q = SHELF
    k, high = math.tan(math.pi * frequency / rate), 10 ** (gain / 20)
    band = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    b = (
        (high + band * k / q + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - band * k / q + k * k) / a0,
    )
    return b, (1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)


def _high_pass(rate: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    frequency, q = HIGH_PASS
    k = math.tan(math.pi * frequency / rate)
    a0 = 1 + k / q + k * k
    return (1.0, -2.0, 1.0), (1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)
