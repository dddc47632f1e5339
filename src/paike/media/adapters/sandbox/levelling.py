"""The sound of every copy at one loudness, so that nobody reaches for the volume between two works.

Target and ceiling follow AES TD1008 for speech and mixed programme on the web: -16 LUFS integrated
(ITU-R BS.1770), true peak at most -1 dBTP. The limiter works at four times the rate, where the peaks
between samples are seen, and a little below the ceiling, as coding the sound raises peaks again.
"""

from collections.abc import Iterator
from typing import IO

import av
from av.filter import Graph

from paike.campaigns.rules.film_checks import FilmChecks, Noise, Subtitles
from paike.media.adapters.sandbox import listening, sound_graphs
from paike.media.adapters.sandbox.probes.timing import Clocks

TARGET = -16.0  # LUFS
CEILING = -1.0  # dBTP
ROOM = 1.0  # dB below the ceiling at which the limiter holds
MOST = 20.0  # dB: more would only raise the noise of a film that is nearly silent
SILENT = -60.0  # LUFS; quieter than this nothing is meant to be heard
NEAR = 0.5  # dB of difference that nobody hears
FINE_RATE = 192_000
UNHEARD = FilmChecks(noise=Noise(on=False), subtitles=Subtitles(on=False))  # no speech detector


def heard(film: IO[bytes]) -> tuple[float, float]:
    """Loudness in LUFS and true peak in dBTP; a film without sound is silent."""
    sound, _ = listening.listen(film, UNHEARD, Clocks())
    return (sound.loudness, sound.peak) if sound is not None else (2 * SILENT, 2 * SILENT)


def gain(loudness: float) -> float:
    """By how many dB the sound is raised or lowered."""
    if loudness < SILENT or abs(TARGET - loudness) < NEAR:
        return 0.0
    return min(MOST, TARGET - loudness)


class Levelling:
    """Brings frames of sound to the target; leaves them alone where they are."""

    def __init__(self, loudness: float, peak: float) -> None:
        self._gain = gain(loudness)
        self._limited = peak + self._gain > CEILING - ROOM
        self._graph: Graph | None = None

    def push(self, frame: av.AudioFrame | None) -> Iterator[av.AudioFrame]:
        """What comes out when this goes in; None ends the sound."""
        if not self._gain and not self._limited:
            if frame is not None:
                yield frame
            return
        if frame is not None and self._graph is None:
            self._graph = self._build(frame)
        if self._graph is None:
            return
        self._graph.push(frame)
        yield from sound_graphs.ready(self._graph)

    def _build(self, first: av.AudioFrame) -> Graph:
        steps = [("volume", f"{self._gain:.2f}dB:precision=float")]
        if self._limited:
            limit = 10 ** ((CEILING - ROOM) / 20)
            steps += [
                ("aresample", str(FINE_RATE)),
                ("alimiter", f"limit={limit:.4f}:level=disabled:latency=1"),
                ("aresample", str(first.sample_rate)),
            ]
        return sound_graphs.chain(first, [*steps, ("aformat", "sample_fmts=fltp")])
