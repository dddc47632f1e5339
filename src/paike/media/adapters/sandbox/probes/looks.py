"""Glances at the picture, four a second: brightness, black, change, sharpness, black borders."""

import numpy

from paike.media.adapters.sandbox.probes.picture import Grid, Luma, Picture
from paike.media.rules.measured import Look

EVERY = 0.24  # seconds
SHARP_EVERY = 0.9  # seconds
BLACK = 38  # luma up to 10 % of the nominal range: the pixel threshold of FFmpeg's blackdetect
BORDER = 30  # luma of a border's brightest cell
ABOVE_WORDS = 0.72  # share of the height above the usual place of subtitles
BLOCK = 8  # cells; a change is looked for block by block, so that a small mover is seen
BLUR_TAPS = 9  # width of the low pass in the sharpness measure, as in its paper
ROWS = 6  # every sixth row is looked at for sharpness
CONTRAST = 14.0  # spread of the grey levels under which nothing can be said about sharpness
EDGE = 0.1  # mean square of the gradient under which only noise is left
UNKNOWN = 1.0


class Looks:
    """Keeps a look whenever one is due."""

    def __init__(self) -> None:
        self.found: list[Look] = []
        self._due = -1.0
        self._last: Grid | None = None
        self._sharp, self._sharp_due = UNKNOWN, -1.0

    def see(self, picture: Picture) -> bool:
        """Take a look if one is due; whether it was."""
        if picture.at < self._due:
            return False
        self._due = picture.at + EVERY - 0.02
        grid = picture.grid
        upper = grid[: max(1, int(grid.shape[0] * ABOVE_WORDS))]
        self.found.append(
            Look(
                at=picture.at,
                luma=float(grid.mean()),
                bright=float(numpy.partition(grid, -grid.size // 50, axis=None)[-grid.size // 50]),
                black=float((upper < BLACK).mean()),
                change=self._change(upper),
                detail=self._detail(picture),
                bars=bars(grid),
            )
        )
        self._last = upper
        return True

    def _detail(self, picture: Picture) -> float:
        """The sharpness, measured again once a second: it costs more than all the rest."""
        if picture.at >= self._sharp_due:
            self._sharp_due = picture.at + SHARP_EVERY
            self._sharp = detail(picture.luma)
        return self._sharp

    def _change(self, upper: Grid) -> float:
        """The mean difference to the last look in the block where it is greatest."""
        if self._last is None or self._last.shape != upper.shape:
            return 255.0
        difference = numpy.abs(upper - self._last)
        down, across = (length // BLOCK for length in upper.shape)
        if not down or not across:
            return float(difference.mean())
        blocks = difference[: down * BLOCK, : across * BLOCK].reshape(down, BLOCK, across, BLOCK)
        return float(blocks.mean(axis=(1, 3)).max())


def detail(luma: Luma) -> float:
    """Sharpness, 0 to 1, little dependent on what is in the picture: how much of the neighbouring
    pixels' variation a low pass takes away (after Crete et al. 2007, "The blur effect"; squares
    instead of sizes, so that coding noise counts little beside edges). 1 where the picture is too
    flat to tell."""
    rows = luma[::ROWS].astype(numpy.float32)
    if rows.shape[1] <= 2 * BLUR_TAPS:
        return UNKNOWN
    sums = numpy.cumsum(rows, axis=1)
    low = (sums[:, BLUR_TAPS:] - sums[:, :-BLUR_TAPS]) / BLUR_TAPS
    side = BLUR_TAPS // 2 + 1
    sharp = rows[:, side : side + low.shape[1]]
    before, after = numpy.diff(sharp, axis=1).ravel(), numpy.diff(low, axis=1).ravel()
    varied = float(before @ before)
    if varied < EDGE * before.size or float(rows.std()) < CONTRAST:
        return UNKNOWN
    return max(0.0, 1.0 - float(after @ after) / varied)


def bars(grid: Grid) -> tuple[float, float, float, float]:
    """Shares of the height and width that are black border: above, below, left, right."""
    rows, columns = grid.max(axis=1) > BORDER, grid.max(axis=0) > BORDER
    if not rows.any():
        return (0.0, 0.0, 0.0, 0.0)
    down, across = rows.size, columns.size
    return (
        float(rows.argmax()) / down,
        float(rows[::-1].argmax()) / down,
        float(columns.argmax()) / across,
        float(columns[::-1].argmax()) / across,
    )
