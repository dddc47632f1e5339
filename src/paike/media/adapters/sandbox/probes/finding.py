"""Where words stand in a picture: PP-OCRv6's finder, and the lines its map of chances shows."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

Pixels = NDArray[numpy.uint8]
MEAN = numpy.array([0.485, 0.456, 0.406], dtype=numpy.float32)  # of the data it was trained on
SPREAD = numpy.array([0.229, 0.224, 0.225], dtype=numpy.float32)
# (pixel / 255 - MEAN) / SPREAD in one step, a row per colour.
TIMES = (1 / (255 * SPREAD)).astype(numpy.float32)[:, None, None]
LESS = (MEAN / SPREAD)[:, None, None]
CHANCE = 0.25  # of a point to be part of words
SURE = 0.45  # mean chance inside a box
GROW = 0.55  # of the box's height on every side: the map shows only the core of a line
LEAST = 5  # points of height
UNIT = 32  # sides are multiples of it


@dataclass(frozen=True)
class Box:
    """A line of words, in points of the picture that was searched."""

    left: int
    top: int
    right: int
    bottom: int


class Finder:
    """The model, loaded once and used by every film."""

    def __init__(self, runtime: Any, path: Path, options: Any) -> None:  # noqa: ANN401 - untyped library
        self._session = runtime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )

    def find(self, pixels: Pixels) -> list[Box]:
        """The lines in a BGR picture whose sides are multiples of 32, from the top."""
        colours = pixels.transpose(2, 0, 1)
        scaled = numpy.multiply(colours, TIMES, dtype=numpy.float32, order="C")
        scaled -= LESS
        (chances,) = self._session.run(None, {"x": scaled[None]})
        return boxes(chances[0, 0])


def size_for(width: int, height: int, *, area: int) -> tuple[int, int]:
    """Sides of about the same shape and of this area, in multiples of 32."""
    scale = min(1.0, (area / (width * height)) ** 0.5)
    across, down = (max(UNIT, round(side * scale / UNIT) * UNIT) for side in (width, height))
    return across, down


def boxes(chances: NDArray[numpy.float32]) -> list[Box]:
    """Connected points that are likely words, as boxes grown to the size of the words."""
    height, width = chances.shape
    found = []
    for left, top, right, bottom in _connected(chances > CHANCE):
        if bottom - top < LEAST or right - left < LEAST:
            continue
        part = chances[top:bottom, left:right]
        if float(part[part > CHANCE].mean()) < SURE:
            continue
        grow = round(min(bottom - top, right - left) * GROW)
        found.append(
            Box(
                max(0, left - grow),
                max(0, top - grow),
                min(width, right + grow),
                min(height, bottom + grow),
            )
        )
    return sorted(found, key=lambda box: (box.top, box.left))


def _connected(mask: NDArray[numpy.bool_]) -> list[tuple[int, int, int, int]]:
    """Bounding boxes of what hangs together, run by run."""
    parents: list[int] = []
    bounds: list[list[int]] = []
    above: list[tuple[int, int, int]] = []

    def root(one: int) -> int:
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    edges = numpy.diff(numpy.pad(mask, ((0, 0), (1, 1))).astype(numpy.int8), axis=1)
    for row in numpy.flatnonzero(mask.any(axis=1)).tolist():
        starts, ends = numpy.flatnonzero(edges[row] == 1), numpy.flatnonzero(edges[row] == -1)
        runs: list[tuple[int, int, int]] = []
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            label = len(parents)
            parents.append(label)
            bounds.append([start, row, end, row + 1])
            for other_start, other_end, other in above:
                if other_start < end and start < other_end and bounds[root(other)][3] >= row:
                    _join(parents, bounds, root(other), root(label))
            runs.append((start, end, label))
        above = runs
    return [(*bounds[one],) for one in range(len(parents)) if parents[one] == one]  # type: ignore[misc] # four each


def _join(parents: list[int], bounds: list[list[int]], one: int, other: int) -> None:
    if one == other:
        return
    parents[other] = one
    mine, theirs = bounds[one], bounds[other]
    bounds[one] = [
        min(mine[0], theirs[0]),
        min(mine[1], theirs[1]),
        max(mine[2], theirs[2]),
        max(mine[3], theirs[3]),
    ]
