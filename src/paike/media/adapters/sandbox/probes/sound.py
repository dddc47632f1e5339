"""The sound of a film, tenth of a second by tenth: levels, loudness, peaks, clipping, likeness of
the two sides, hum. Works in stretches, so that memory does not grow with the film."""

import math

import numpy
from numpy.typing import NDArray

from paike.media.adapters.sandbox.probes import loudness, peaks
from paike.media.adapters.sandbox.probes.loudness import Samples, decibels
from paike.media.rules.measured import Level, Sound

STRETCH = 5  # seconds worked on at once
TENTHS = 10
HUM_TO = 640  # Hz; the mains' multiples that count lie below
MAINS = (50, 60)
HARMONICS = 8
STRONGEST = 3  # of the harmonics must stand out
QUIET_SHARE = 0.2  # hum goes on while others pause: the quiet fifth shows it
CLIP_MOMENTS = 50
ROOM = 0.35  # seconds between two told moments of clipping


class Listener:
    """Hears samples of one rate, a row per channel (one or two)."""

    def __init__(self, rate: int, channels: int) -> None:
        self._rate, self._channels = rate, channels
        self._tenth = rate // TENTHS
        self._weights = loudness.weights(rate, self._tenth)
        self._rest: list[Samples] = []
        self._held = 0
        self._heard = 0
        self._levels: list[Level] = []
        self._squares: list[float] = []
        self._peak, self._peak_at = 0.0, 0.0
        self._clipped, self._clips = 0, [-math.inf]
        self._products = numpy.zeros(3)
        self._spectra: list[NDArray[numpy.float64]] = []
        self._window = numpy.hanning(rate).astype(numpy.float32)

    def hear(self, samples: Samples) -> None:
        """Samples of every channel, as floats."""
        self._rest.append(samples)
        self._held += samples.shape[1]
        if self._held >= STRETCH * self._rate:
            self._work(whole=False)

    def sound(self) -> Sound | None:
        """Everything that was heard; None for next to nothing."""
        self._work(whole=True)
        if not self._levels:
            return None
        left, right, both = self._products
        hum, level, at = _hum(self._spectra)
        return Sound(
            channels=self._channels,
            levels=tuple(self._levels),
            loudness=loudness.integrated(self._squares),
            peak=decibels(self._peak**2),
            peak_at=self._peak_at,
            clipped=self._clipped / max(1, self._heard * self._channels),
            clips=tuple(self._clips[1:]),
            likeness=float(both / math.sqrt(left * right)) if left * right > 0 else 0.0,
            hum=hum,
            hum_level=level,
            hum_at=at,
        )

    def _work(self, *, whole: bool) -> None:
        if not self._held:
            return
        block = numpy.concatenate(self._rest, axis=1)
        tenths = block.shape[1] // self._tenth
        usable = tenths if whole else tenths // TENTHS * TENTHS
        self._rest = [block[:, usable * self._tenth :]]
        self._held = self._rest[0].shape[1]
        if usable:
            self._take(numpy.ascontiguousarray(block[:, : usable * self._tenth]), usable)

    def _take(self, block: Samples, tenths: int) -> None:
        start = self._heard / self._rate
        parts = block.reshape(block.shape[0], tenths, self._tenth)
        squares = numpy.einsum("ctn,ctn->ct", parts, parts) / self._tenth
        spectrum = numpy.fft.rfft(parts, axis=2)
        weighted = (numpy.abs(spectrum) ** 2) @ self._weights
        self._squares.extend(weighted.sum(axis=0).tolist())
        for number in range(tenths):
            left, right = float(squares[0, number]), float(squares[-1, number])
            at = start + number / TENTHS
            self._levels.append(Level(at, decibels(left), decibels(right)))
        self._edges(block, start)
        if block.shape[0] == 2:
            one, other = block
            self._products += (one @ one, other @ other, one @ other)
        self._listen_for_hum(together(block))
        self._heard += block.shape[1]

    def _edges(self, block: Samples, start: float) -> None:
        for channel in block:
            peak, place = peaks.highest(channel)
            if peak > self._peak:
                self._peak, self._peak_at = peak, start + place / self._rate
            if peak < peaks.CLIPPED:
                continue
            cut = peaks.clipped(channel)
            self._clipped += cut.size
            for at in (start + cut[:: max(1, cut.size // 500)] / self._rate).tolist():
                if at - self._clips[-1] > ROOM and len(self._clips) <= CLIP_MOMENTS:
                    self._clips.append(at)

    def _listen_for_hum(self, mono: Samples) -> None:
        seconds = mono.size // self._rate
        if seconds:
            parts = mono[: seconds * self._rate].reshape(seconds, self._rate) * self._window
            spectrum = numpy.abs(numpy.fft.rfft(parts, axis=1)[:, :HUM_TO]) ** 2
            self._spectra.extend(spectrum / (self._rate**2 * 0.375 / 2))


def together(block: Samples) -> Samples:
    """Both sides as one, so that sides which are against each other do not go out."""
    left: Samples = block[0]
    if block.shape[0] == 1:
        return left
    sign = 1.0 if float(block[0] @ block[1]) >= 0 else -1.0
    both: Samples = ((left + sign * block[1]) * 0.5).astype(numpy.float32, copy=False)
    return both


def _hum(spectra: list[NDArray[numpy.float64]]) -> tuple[float, float, int]:
    """By how many dB the mains' multiples stand out of what is beside them, their level, and which
    mains. One bin is 1 Hz; what stands out must do so in the quiet fifth of the film too."""
    if len(spectra) < 2:
        return 0.0, loudness.QUIETEST, MAINS[0]
    quiet = numpy.quantile(numpy.array(spectra), QUIET_SHARE, axis=0) + 1e-14
    best = (0.0, loudness.QUIETEST, MAINS[0])
    for mains in MAINS:
        stands, power = [], 0.0
        for number in range(1, HARMONICS + 1):
            at = mains * number
            beside = numpy.concatenate([quiet[at - 14 : at - 4], quiet[at + 5 : at + 15]])
            line = float(quiet[at - 1 : at + 2].max())
            stands.append(10 * math.log10(line / float(numpy.median(beside))))
            power += line if stands[-1] > 10 else 0.0
        strength = float(numpy.sort(stands)[-STRONGEST:].min())
        if strength > best[0]:
            best = (strength, decibels(power), mains)
    return best
