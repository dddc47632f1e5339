"""A film at one glance: forty small pictures from its whole length, in one JPEG of ten by four."""

import io
import os

import av
import numpy
from numpy.typing import NDArray
from PIL import Image

from paike.media.adapters.sandbox.copies import Shape
from paike.media.rules.storyboards import ACROSS, COUNT, DOWN

HEIGHT = 90
QUALITY = 70


class Storyboard:
    """Looks at frames as they pass. The n-th picture shows the moment (n + 1/2) / 40 of the film, so
    that nothing but its length is needed to find the place again."""

    def __init__(self, shape: Shape, seconds: float) -> None:
        self._small = shape.fit(HEIGHT)
        self._step = max(seconds, 0.001) / COUNT
        self._pictures: list[NDArray[numpy.uint8]] = []

    @property
    def size(self) -> tuple[int, int]:
        """Of the whole picture."""
        return self._small[0] * ACROSS, self._small[1] * DOWN

    def consider(self, frame: av.VideoFrame) -> None:
        """Take the frame for every place whose moment has come."""
        picture = None
        while len(self._pictures) < COUNT and (frame.time or 0.0) >= self._moment():
            if picture is None:
                small = frame.reformat(*self._small, "rgb24", threads=1)
                picture = small.to_ndarray().astype(numpy.uint8)
            self._pictures.append(picture)

    def save(self, output: int) -> None:
        """Write it as JPEG; a film that ends early repeats its last picture."""
        wide, high = self._small
        board = numpy.zeros((high * DOWN, wide * ACROSS, 3), dtype=numpy.uint8)
        for number in range(COUNT):
            if not self._pictures:
                break
            picture = self._pictures[min(number, len(self._pictures) - 1)]
            top, left = number // ACROSS * high, number % ACROSS * wide
            board[top : top + high, left : left + wide] = picture
        content = io.BytesIO()
        Image.fromarray(board).save(content, "JPEG", quality=QUALITY, optimize=True)
        os.write(output, content.getvalue())

    def _moment(self) -> float:
        return (len(self._pictures) + 0.5) * self._step
