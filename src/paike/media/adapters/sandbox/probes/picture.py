"""A decoded picture as the probes see it: its brightness, without copying it."""

from functools import cached_property

import av
import numpy
from numpy.typing import NDArray

Luma = NDArray[numpy.uint8]
Grid = NDArray[numpy.float32]
SHORT_SIDE = 72  # cells of the coarse grid along the shorter side


class Picture:
    """One frame: `at` in seconds, `luma` as rows of bytes, `grid` a coarse view of it.

    `luma` is the decoder's own memory: it must not be kept beyond the next frame.
    """

    def __init__(self, frame: av.VideoFrame, at: float) -> None:
        self.frame, self.at = frame, at
        plane = frame.planes[0]
        if frame.format.components[0].bits > 8:  # ten bits: two bytes a sample
            words = numpy.frombuffer(memoryview(plane), dtype=numpy.uint16)
            rows = words.reshape(plane.height, plane.line_size // 2)[:, : plane.width]
            self.luma: Luma = (rows >> (frame.format.components[0].bits - 8)).astype(numpy.uint8)
        else:
            rows8 = numpy.frombuffer(memoryview(plane), dtype=numpy.uint8)
            self.luma = rows8.reshape(plane.height, plane.line_size)[:, : plane.width]

    @cached_property
    def grid(self) -> Grid:
        """Each cell the mean of four samples of its part of the picture."""
        height, width = self.luma.shape
        step = max(2, min(height, width) // SHORT_SIDE) // 2 * 2
        half = step // 2
        quarter = half // 2
        samples = self.luma[quarter::half, quarter::half]
        down, across = samples.shape[0] // 2 * 2, samples.shape[1] // 2 * 2
        even = samples[:down:2, :across].astype(numpy.uint16) + samples[1:down:2, :across]
        cells: Grid = (even[:, ::2] + even[:, 1::2]).astype(numpy.float32) * 0.25
        return cells
