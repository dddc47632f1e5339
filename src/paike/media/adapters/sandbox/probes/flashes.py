"""Sudden turns of brightness over a large part of the picture, as photosensitive risk has them."""

from paike.media.adapters.sandbox.probes.picture import Grid, Picture
from paike.media.rules.measured import Flash

TURN = 25.0  # grey levels: a tenth of full brightness (WCAG 2.2, general flash)
DARKER = 200.0  # the darker of both must be below 80 %
AREA = 0.25  # of the picture, as in ITU-R BT.1702
LATELY = 1.0  # seconds
APART = 0.35  # seconds: further apart it is a change of scene


class Flashes:
    """Compares every decoded picture with the one before."""

    def __init__(self) -> None:
        self.found: list[Flash] = []
        self._last: tuple[float, Grid] | None = None

    def see(self, picture: Picture) -> None:
        grid = picture.grid
        if self._last is not None:
            at, before = self._last
            if picture.at - at <= APART and before.shape == grid.shape:
                self._compare(before, grid, picture.at)
        self._last = (picture.at, grid)

    def lately(self, at: float) -> bool:
        """Whether the brightness has turned not long before this second."""
        return bool(self.found) and self.found[-1].at >= at - LATELY

    def turns_since(self, start: float) -> int:
        """How often the brightness has turned since this second."""
        return sum(one.at >= start for one in self.found)

    def _compare(self, before: Grid, after: Grid, at: float) -> None:
        if abs(float(after.mean()) - float(before.mean())) < TURN * AREA:
            return
        difference = after - before
        lighter = float(((difference >= TURN) & (before < DARKER)).mean())
        darker = float(((difference <= -TURN) & (after < DARKER)).mean())
        if lighter >= AREA or darker >= AREA:
            self.found.append(Flash(at, lighter if lighter >= darker else -darker))
