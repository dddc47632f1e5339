"""Choosing a film's poster: a frame that is neither black nor blurred nor the very first."""

import io
import os

import av
import numpy
from numpy.typing import NDArray
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
        self._best: tuple[float, NDArray[numpy.uint8]] | None = None
        self._spare: NDArray[numpy.uint8] | None = None  # of a film so short that no candidate came

    def consider(self, frame: av.VideoFrame) -> None:
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
        best = self._best[1] if self._best else self._spare
        if best is None:
            raise ValueError("the film has no picture")
        picture = Image.fromarray(best)
        for quality in QUALITIES:
            content = io.BytesIO()
            picture.save(content, "JPEG", quality=quality, optimize=True, progressive=True)
            if content.tell() <= MOST_BYTES:
                break
        os.write(output, content.getvalue())

    def _picture(self, frame: av.VideoFrame) -> NDArray[numpy.uint8]:
        return frame.reformat(*self.size, "rgb24", threads=1).to_ndarray().astype(numpy.uint8)


def luma(frame: av.VideoFrame) -> NDArray[numpy.float32]:
    """The brightness of every second pixel of every second line, 0 to 255."""
    plane = frame.planes[0]
    rows = numpy.frombuffer(memoryview(plane), dtype=numpy.uint8).reshape(
        plane.height, plane.line_size
    )
    sparse: NDArray[numpy.float32] = rows[::2, : plane.width : 2].astype(numpy.float32)
    return sparse


def worth(picture: NDArray[numpy.float32]) -> float:
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
