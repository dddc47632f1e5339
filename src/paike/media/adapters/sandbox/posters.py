"""Choosing a film's posters: frames that are neither black nor blurred nor a title card, from
different places of the film."""

import io
import os
from collections.abc import Sequence

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
POSTERS = 5
POOR = 0.05
GREYS, NEIGHBOURS = 32, 3  # a title card: most of it within three of 32 neighbouring grey levels
CARD = 0.7
# Grey levels by which two posters differ on average: first those of different places are taken; a
# film of one place has fewer, and then smaller differences will do.
APART = (8.0, 2.0, 0.5)


class Choice:
    """Looks at frames as they pass and keeps the candidates."""

    def __init__(self, size: tuple[int, int], seconds: float) -> None:
        self.size = size
        self._start, self._step = seconds * FIRST, seconds * (LAST - FIRST) / CANDIDATES
        self._end = seconds * LAST
        self._next = self._start
        self._seen: list[tuple[float, NDArray[numpy.float32], NDArray[numpy.uint8]]] = []
        self._spare: NDArray[numpy.uint8] | None = None  # of a film so short that no candidate came

    def consider(self, frame: av.VideoFrame) -> None:
        """Take the frame if it is due."""
        moment = frame.time or 0.0
        if self._spare is None:
            self._spare = self._picture(frame)
        if moment < self._next or moment > self._end:
            return
        self._next = moment + self._step
        bright = luma(frame)
        self._seen.append((worth(bright), thumb(bright), self._picture(frame)))

    def save(self, outputs: Sequence[int]) -> None:
        """Write a poster to each output, the best first: JPEG, small enough for a phone, without
        any metadata. A film with fewer different pictures has some twice."""
        chosen = self._chosen()
        for number, output in enumerate(outputs):
            os.write(output, _jpeg(chosen[min(number, len(chosen) - 1)]))

    def _chosen(self) -> list[NDArray[numpy.uint8]]:
        """The best that differ from each other, as far as there are such."""
        chosen: list[tuple[NDArray[numpy.float32], NDArray[numpy.uint8]]] = []
        ranked = sorted(self._seen, key=lambda one: -one[0])
        # Black pictures and title cards weigh a hundredth: they are out unless there is nothing else.
        ranked = [one for one in ranked if one[0] >= ranked[0][0] * POOR]
        for least in APART:
            for _, small, picture in ranked:
                apart = (float(numpy.abs(small - other).mean()) for other, _ in chosen)
                if len(chosen) < POSTERS and all(one >= least for one in apart):
                    chosen.append((small, picture))
        if not chosen:
            if self._spare is None:
                raise ValueError("the film has no picture")
            return [self._spare]
        return [picture for _, picture in chosen]

    def _picture(self, frame: av.VideoFrame) -> NDArray[numpy.uint8]:
        return frame.reformat(*self.size, "rgb24", threads=1).to_ndarray().astype(numpy.uint8)


def _jpeg(pixels: NDArray[numpy.uint8]) -> bytes:
    picture = Image.fromarray(pixels)
    for quality in QUALITIES:
        content = io.BytesIO()
        picture.save(content, "JPEG", quality=quality, optimize=True, progressive=True)
        if content.tell() <= MOST_BYTES:
            break
    return content.getvalue()


def thumb(picture: NDArray[numpy.float32]) -> NDArray[numpy.float32]:
    """The picture in 16 x 12 grey fields."""
    high, wide = picture.shape[0] // 12, picture.shape[1] // 16
    fields = picture[: high * 12, : wide * 16].reshape(12, high, 16, wide)
    small: NDArray[numpy.float32] = fields.mean(axis=(1, 3)).astype(numpy.float32)
    return small


def is_card(picture: NDArray[numpy.float32]) -> bool:
    """Whether it is words on a plain ground: most of the picture has one grey level."""
    counts = numpy.bincount((picture / 256 * GREYS).astype(numpy.int64).ravel(), minlength=GREYS)
    near = numpy.convolve(counts, numpy.ones(NEIGHBOURS), "valid")
    return float(near.max()) > CARD * picture.size


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
    good = DARK <= mean <= BRIGHT and contrast > 8 and not is_card(picture)
    return score if good else score * 0.01
