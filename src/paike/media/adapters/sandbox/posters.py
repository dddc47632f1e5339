"""Choosing a film's poster: a frame that is neither black nor blurred nor the very first."""

import io
import os
from typing import Any

import numpy
from PIL import Image

Image.preinit()  # Pillow loads its codecs when first used; inside the jail it could not
QUALITIES = (82, 76, 70, 62, 54, 46, 38)
MOST_BYTES = 90 * 1024
FIRST, LAST = 0.08, 0.92  # share of the film; titles stand at both ends
CANDIDATES = 14
DARK, BRIGHT = 32, 224  # mean luma outside of this is black or burnt out


class Choice:
    """Looks at frames as they pass and keeps the best so far."""

    def __init__(self, size: tuple[int, int], seconds: float) -> None:
        self.size = size
        self._start, self._step = seconds * FIRST, seconds * (LAST - FIRST) / CANDIDATES
        self._end = seconds * LAST
        self._next = self._start
        self._best: tuple[float, Any] | None = None
        self._spare: Any = None  # of a film so short that no candidate came

    def consider(self, frame: Any) -> None:
        """Take the frame if it is due and better than the best."""
        moment = frame.time or 0.0
        if self._spare is None:
            self._spare = self._picture(frame)
        if moment < self._next or moment > self._end:
            return
        self._next = moment + self._step
        score = worth(luma(frame))
        if self._best is None or score > self._best[0]:
            self._best = (score, self._picture(frame))

    def save(self, output: int) -> None:
        """Write the poster as JPEG, small enough for a phone, without any metadata."""
        picture = Image.fromarray(self._best[1] if self._best else self._spare)
        for quality in QUALITIES:
            content = io.BytesIO()
            picture.save(content, "JPEG", quality=quality, optimize=True, progressive=True)
            if content.tell() <= MOST_BYTES:
                break
        os.write(output, content.getvalue())

    def _picture(self, frame: Any) -> Any:
        return frame.reformat(*self.size, "rgb24", threads=1).to_ndarray()


def luma(frame: Any) -> Any:
    """The brightness of every second pixel of every second line, 0 to 255."""
    plane = frame.planes[0]
    rows = numpy.frombuffer(plane, dtype=numpy.uint8).reshape(plane.height, plane.line_size)
    return rows[::2, : plane.width : 2].astype(numpy.float32)


def worth(picture: Any) -> float:
    """How good a poster the picture makes: sharp edges and contrast count, darkness disqualifies.

    Sharpness is the mean strength of the Laplacian; measured, not taken from any standard.
    """
    mean, contrast = float(picture.mean()), float(picture.std())
    edges = numpy.abs(
        4 * picture[1:-1, 1:-1]
        - picture[:-2, 1:-1] - picture[2:, 1:-1] - picture[1:-1, :-2] - picture[1:-1, 2:]
    )  # fmt: skip
    score: float = (float(edges.mean()) ** 0.5) * (contrast + 1)
    return score if DARK <= mean <= BRIGHT and contrast > 8 else score * 0.01
