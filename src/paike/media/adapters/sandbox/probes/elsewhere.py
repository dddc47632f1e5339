"""Words that are read while somebody speaks, in a place where strokes tell nothing: above the usual
band, or in a band that is full of strokes anyway. Which of them are subtitles, and which stand there
whoever speaks: a shop sign, a name, a mark?"""

from collections.abc import Sequence
from dataclasses import dataclass

from paike.media.adapters.sandbox.probes.strokes import BAND
from paike.media.rules import text_likeness
from paike.media.rules.measured import Line

MOST = 16  # whole pictures, each of which is dear
PATIENCE = 5  # of them in a row without any words: there are no subtitles
LONGEST_LINE = 6.0  # seconds: no subtitle stands longer
STANDS = 0.5  # likeness above which words of two moments are the same
OFTEN = 0.5  # share of the looks between two moments at which the same words must stand too


@dataclass(frozen=True)
class Seen:
    """What was read at one moment; `whole`: in the whole picture, not in the band only."""

    at: float
    lines: tuple[Line, ...]
    whole: bool


class Elsewhere:
    """Collects what was read."""

    def __init__(self) -> None:
        self._spoken: list[Seen] = []
        self._others: list[Seen] = []

    @property
    def worth_it(self) -> bool:
        """Whether another whole picture ought to be searched."""
        whole = [one for one in self._spoken if one.whole]
        last = whole[-PATIENCE:]
        return len(whole) < MOST and (len(last) < PATIENCE or any(one.lines for one in last))

    def spoken(self, at: float, lines: Sequence[Line], *, whole: bool) -> None:
        """Read while somebody spoke."""
        self._spoken.append(Seen(at, tuple(lines), whole))

    def besides(self, at: float, lines: Sequence[Line]) -> None:
        """Read in a whole picture at any moment."""
        self._others.append(Seen(at, tuple(lines), whole=True))

    @property
    def lines(self) -> list[Line]:
        """Everything that was read."""
        return [line for one in self._looks() for line in one.lines]

    def subtitles(self, opening: Sequence[Line]) -> list[Line]:
        """The lines that do not stand, and are none of the opening's. What stands at the bottom in
        the opening may be the first subtitle."""
        looks = self._looks()
        titles = [line for line in opening if line.y < BAND]
        return [
            line
            for one in self._spoken
            for line in one.lines
            if not _said(line, titles) and not stands(line, looks)
        ]

    def _looks(self) -> list[Seen]:
        return sorted([*self._spoken, *self._others], key=lambda one: one.at)


def stands(line: Line, looks: Sequence[Seen]) -> bool:
    """Whether the same words stand much earlier or later and mostly in between too. A line that is
    only said again comes with others in between."""
    able = [one for one in looks if one.whole or line.y >= BAND]
    having = [one.at for one in able if _said(line, one.lines)]
    for far in having:
        if abs(far - line.start) <= LONGEST_LINE:
            continue
        first, last = sorted((far, line.start))
        between = [one.at for one in able if first < one.at < last]
        if sum(at in having for at in between) >= OFTEN * len(between):
            return True
    return False


def _said(line: Line, others: Sequence[Line]) -> bool:
    return any(text_likeness.of(line.text, other.text) > STANDS for other in others)
