"""How the camera moves: from the motion vectors that the film's own encoder found, or, where a codec
gives none, from the shift of parts of the picture against the last one.

Each step gives one movement of the whole picture: the median over the tiles of a 4 x 4 grid, where
most tiles agree with it. A person who walks through the picture moves some tiles and is outvoted; a
cut gives no movement at all. The movements add up to a path; what the path does beyond a straight
line through the eight tenths of a second around a moment is jolting.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from av.sidedata.sidedata import Type as SideData
from av.video.frame import PictureType
from numpy.typing import NDArray

from paike.media.adapters.sandbox.probes.picture import Grid, Picture
from paike.media.rules.measured import Motion

TILES = 4
EVERY = 3  # of the vectors is enough for a median
WAYS = ("motion_x", "motion_y")
FARTHEST = 1 << 20  # more than any shift
AGREE = 0.006  # of the width: tiles this near to the median move with it
MOST_AGREE = 0.55  # share of the tiles that must, else something else moves
KNOWN = 6  # tiles that must have a movement at all
TREND = 0.4  # seconds before and after, through which the straight line goes
TOGETHER = 0.5  # seconds before and after, over which the jolting is averaged
GAP = 0.7  # seconds without a known movement end a path
INTRA = 0.45  # share of the picture without vectors that means: a cut
SIDE = 16  # cells of a tile in which a shift is looked for
FLAT = 3.0  # grey levels: flatter tiles show no shift


@dataclass(frozen=True)
class Step:
    """The picture moved by so many thousandths of its width since the last step; None: unknown."""

    at: float
    x: float | None
    y: float | None
    cut: bool = False


class Motions:
    """Follows the camera. `finer`: the film's codec gives no vectors, compare pictures."""

    def __init__(self, *, finer: bool) -> None:
        self._finer = finer
        self._steps: list[Step] = []
        self._last: Grid | None = None

    def see(self, picture: Picture) -> None:
        """Take what this picture says about the movement since the last."""
        if self._finer:
            grid = picture.grid
            if self._last is not None and self._last.shape == grid.shape:
                self._steps.append(_compared(self._last, grid, picture.at))
            self._last = grid
        elif picture.frame.pict_type == PictureType.P:
            found: Any = picture.frame.side_data.get(SideData.MOTION_VECTORS)  # type: ignore[call-overload] # untyped keys
            if found is not None:
                self._steps.append(from_vectors(found.to_ndarray(), picture))

    def jolt_since(self, start: float) -> float:
        """The strongest jolting since this second, 0 where nothing is known."""
        steps = [one for one in self._steps if one.at >= start]
        return max((one.jolt for path in _paths(steps) for one in _jolts(path)), default=0.0)

    def motions(self) -> tuple[Motion, ...]:
        """The jolting at every step."""
        found: list[Motion] = []
        for path in _paths(self._steps):
            found += _jolts(path)
        found += [Motion(one.at, 0.0, cut=True) for one in self._steps if one.cut]
        return tuple(sorted(found, key=lambda one: one.at))


def from_vectors(vectors: NDArray[Any], picture: Picture) -> Step:
    """The movement that the encoder's vectors of one picture tell."""
    height, width = picture.luma.shape
    some = vectors[::EVERY]
    back = some[some["source"] < 0]
    area = int((back["w"].astype(numpy.int64) * back["h"]).sum())
    covered = area * len(vectors) / (len(some) * width * height) if len(some) else 0.0
    if covered < 1 - INTRA:
        return Step(picture.at, None, None, cut=covered < INTRA)
    column = numpy.clip(back["dst_x"].astype(numpy.int64) * TILES // width, 0, TILES - 1)
    row = numpy.clip(back["dst_y"].astype(numpy.int64) * TILES // height, 0, TILES - 1)
    tile = row * TILES + column
    counts = numpy.bincount(tile, minlength=TILES * TILES)
    middle = (numpy.cumsum(counts) - counts + counts // 2)[counts > 0]
    scale = max(1, int(back["motion_scale"][0])) * width  # the same for all of a picture
    shifts = [_middles(tile, back[way].astype(numpy.int64), middle) for way in WAYS]
    return _step(numpy.stack(shifts, axis=1) / scale, picture.at)


def _middles(
    tile: NDArray[numpy.int64], shift: NDArray[numpy.int64], middle: NDArray[numpy.int64]
) -> NDArray[numpy.int64]:
    """The median of the shifts in every tile that has any, all sorted at once: tile before shift.
    Small blocks are where the encoder found detail, so they may count as much as large ones."""
    found: NDArray[numpy.int64] = numpy.sort(tile * FARTHEST + shift + FARTHEST // 2)
    return found[middle] % FARTHEST - FARTHEST // 2


def _step(tiles: NDArray[numpy.float64], at: float) -> Step:
    if len(tiles) < KNOWN:
        return Step(at, None, None)
    middle = numpy.median(tiles, axis=0)
    near = numpy.abs(tiles - middle).max(axis=1) <= max(AGREE, 0.25 * float(abs(middle).max()))
    if near.mean() < MOST_AGREE:
        return Step(at, None, None)
    return Step(at, float(middle[0]) * 1000, float(middle[1]) * 1000)


def _compared(before: Grid, after: Grid, at: float) -> Step:
    """The movement between two coarse grids, by phase correlation tile by tile."""
    height, width = after.shape
    tiles, changed = [], 0
    for y in numpy.linspace(0, height - SIDE, TILES).astype(int):
        for x in numpy.linspace(0, width - SIDE, TILES).astype(int):
            one, other = before[y : y + SIDE, x : x + SIDE], after[y : y + SIDE, x : x + SIDE]
            if min(one.std(), other.std()) < FLAT:
                continue
            shift, sure = _shift(one, other)
            changed += not sure
            if sure:
                tiles.append([value / width for value in shift])
    if changed > TILES * TILES * 0.7:
        return Step(at, None, None, cut=True)
    return _step(numpy.array(tiles).reshape(-1, 2), at)


_WINDOW = numpy.outer(numpy.hanning(SIDE), numpy.hanning(SIDE)).astype(numpy.float32)
SURE = 0.12


def _shift(one: Grid, other: Grid) -> tuple[tuple[float, float], bool]:
    """Across and down, in cells, with parts of a cell by a parabola; and whether there is a peak."""
    first = numpy.fft.rfft2((one - one.mean()) * _WINDOW)
    second = numpy.fft.rfft2((other - other.mean()) * _WINDOW)
    cross = first * numpy.conj(second)
    plane = numpy.fft.irfft2(cross / (numpy.abs(cross) + 1e-6), s=one.shape)
    y, x = numpy.unravel_index(int(plane.argmax()), plane.shape)
    peak = float(plane[y, x])

    def part(before: float, after: float) -> float:
        bend = before - 2 * peak + after
        return 0.5 * (before - after) / bend if bend < -1e-9 else 0.0

    fine_x = x + part(float(plane[y, x - 1]), float(plane[y, (x + 1) % SIDE]))
    fine_y = y + part(float(plane[y - 1, x]), float(plane[(y + 1) % SIDE, x]))
    across = fine_x - SIDE if fine_x > SIDE / 2 else fine_x
    down = fine_y - SIDE if fine_y > SIDE / 2 else fine_y
    return (across, down), peak > SURE


def _paths(steps: Sequence[Step]) -> list[list[tuple[float, float, float]]]:
    """Moments and places of the camera, a list per stretch without a cut."""
    paths: list[list[tuple[float, float, float]]] = [[]]
    for step in sorted(steps, key=lambda one: one.at):
        path = paths[-1]
        late = path and step.at - path[-1][0] > GAP
        if step.cut or late:
            paths.append([])
            path = paths[-1]
        if step.x is None or step.y is None:
            continue
        x, y = path[-1][1:] if path else (0.0, 0.0)
        path.append((step.at, x + step.x, y + step.y))
    return [path for path in paths if len(path) >= 4]


def _jolts(path: Sequence[tuple[float, float, float]]) -> list[Motion]:
    at, places = numpy.array([p[0] for p in path]), numpy.array([p[1:] for p in path])
    far = numpy.zeros(len(path))
    for number, moment in enumerate(at):
        near = numpy.abs(at - moment) <= TREND
        if near.sum() < 4:
            continue
        time = at[near] - moment
        line = numpy.stack([numpy.ones_like(time), time], axis=1)
        fit, *_ = numpy.linalg.lstsq(line, places[near], rcond=None)
        rest = places[near] - line @ fit
        far[number] = math.sqrt(float((rest**2).sum(axis=1).mean()))
    return [
        Motion(float(moment), float(far[numpy.abs(at - moment) <= TOGETHER].mean()))
        for moment in at
    ]
