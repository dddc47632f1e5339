"""Where people speak: Silero's detector, over all of a film at once."""

from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

from paike.media.rules.measured import Stretch

RATE = 16_000
STEP, CONTEXT = 512, 64  # samples: what the model takes, and what it sees of the time before
BEGINS, ENDS = 0.5, 0.35  # Silero's own thresholds
LEAST = 0.25  # seconds of speech
GAP = 0.3  # seconds of pause inside one stretch
ROUND = 0.03  # seconds before and after


class Detector:
    """The model, loaded once and used by every film."""

    def __init__(self, runtime: Any, path: Path, options: Any) -> None:  # noqa: ANN401 - untyped library
        self._session = runtime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )

    def chances(self, samples: NDArray[numpy.float32]) -> NDArray[numpy.float32]:
        """How likely somebody speaks, for every 512 samples of 16 kHz sound."""
        steps = samples.size // STEP
        if not steps:
            return numpy.zeros(0, dtype=numpy.float32)
        padded = numpy.concatenate([numpy.zeros(CONTEXT, numpy.float32), samples[: steps * STEP]])
        windows = numpy.lib.stride_tricks.sliding_window_view(padded, STEP + CONTEXT)[::STEP]
        state = numpy.zeros((1, 1, 128), dtype=numpy.float32)
        found, _, _ = self._session.run(
            None, {"input": numpy.ascontiguousarray(windows), "h": state, "c": state}
        )
        chances: NDArray[numpy.float32] = found.reshape(-1)
        return chances


def stretches(chances: NDArray[numpy.float32]) -> tuple[Stretch, ...]:
    """The stretches of speech: begun at one threshold, ended at a lower one, short gaps closed,
    what is too short left out."""
    step = STEP / RATE
    raw: list[list[float]] = []
    speaking = False
    for number, chance in enumerate(chances.tolist()):
        if not speaking and chance >= BEGINS:
            speaking = True
            raw.append([number * step, number * step])
        elif speaking and chance < ENDS:
            speaking = False
        if speaking:
            raw[-1][1] = (number + 1) * step
    joined: list[list[float]] = []
    for start, end in raw:
        if joined and start - joined[-1][1] <= GAP:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return tuple(
        Stretch(max(0.0, start - ROUND), end + ROUND)
        for start, end in joined
        if end - start >= LEAST
    )
