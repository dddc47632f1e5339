"""What a line of words says: PP-OCRv6's reader."""

import math
from pathlib import Path
from typing import Any

import numpy
from PIL import Image

from paike.media.adapters.sandbox.probes.finding import Pixels

HEIGHT = 48
STEP = 32  # widths are multiples of it, so that few shapes are prepared
WIDEST = 1280
UPRIGHT = 1.8  # a box so much taller than wide holds words from top to bottom


class Reader:
    """The model, loaded once and used by every film."""

    def __init__(self, runtime: Any, path: Path, letters: Path, options: Any) -> None:  # noqa: ANN401 - untyped library
        self._session = runtime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        known = letters.read_text(encoding="utf-8").split("\n")
        self._letters = ["", *(known[:-1] if known[-1] == "" else known), " "]

    def read(self, line: Pixels) -> tuple[str, float]:
        """The words of a BGR picture of one line, and how sure they are, 0 to 1."""
        height, width = line.shape[:2]
        if height < 4 or width < 4:
            return "", 0.0
        if height > width * UPRIGHT:
            line, height, width = numpy.rot90(line), width, height
        wide = min(WIDEST, max(HEIGHT, math.ceil(HEIGHT * width / height)))
        scaled = Image.fromarray(numpy.ascontiguousarray(line)).resize(
            (wide, HEIGHT), Image.Resampling.BILINEAR
        )
        padded = numpy.zeros((1, 3, HEIGHT, math.ceil(wide / STEP) * STEP), dtype=numpy.float32)
        padded[0, :, :, :wide] = (numpy.asarray(scaled, dtype=numpy.float32) / 127.5 - 1).transpose(
            2, 0, 1
        )
        (chances,) = self._session.run(None, {"x": padded})
        return self._words(chances[0])

    def _words(
        self, chances: numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.float32]]
    ) -> tuple[str, float]:
        """The best letter at every place, repeats and blanks (number 0) taken out."""
        best = chances.argmax(axis=1)
        kept = best != 0
        kept[1:] &= best[1:] != best[:-1]
        if not kept.any():
            return "", 0.0
        sure = float(chances.max(axis=1)[kept].mean())
        return "".join(self._letters[number] for number in best[kept]).strip(), sure
