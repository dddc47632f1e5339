"""The words in a film: its opening, its subtitles, and marks that stand in it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy

from paike.media.adapters.sandbox.probes.elsewhere import Elsewhere
from paike.media.adapters.sandbox.probes.finding import Finder, Pixels, size_for
from paike.media.adapters.sandbox.probes.letters import Reader
from paike.media.adapters.sandbox.probes.picture import Picture
from paike.media.adapters.sandbox.probes.strokes import BAND, Watch
from paike.media.rules import text_likeness
from paike.media.rules.measured import Declared, Line, Words

AREA = 480 * 384  # points in which a whole picture is searched
BAND_AREA = 480 * 96
OPENING = (0.4, 1.2, 2.0, 3.0, 4.2, 5.6, 7.2, 9.0, 11.0, 13.0, 15.0)  # seconds
TITLE_HEIGHT = 0.045  # share of the picture
HALF_PIECE = 0.4  # seconds after the moment of a part of the speech
LATE_WORDS = 0.12  # seconds a line may have stood on after it was last seen
SURE = 0.55  # less is not kept
SURE_ENOUGH = 0.85  # less is read again by the larger model
SAME = 0.6  # likeness of two readings of one line
LONGEST_GAP = 0.6  # seconds


class WordSeeker:
    """Looks at the pictures at which words may have changed."""

    def __init__(
        self,
        finder: Finder,
        reader: Reader,
        rereader: Reader | None,
        *,
        declared: Declared,
        within: float,
        later: Sequence[float] = (),
        spoken: Sequence[float] = (),
    ) -> None:
        self._finder, self._reader, self._rereader = finder, reader, rereader
        self._declared = declared
        self._opening_due = [at for at in OPENING if at <= within]
        self._later_due = sorted(later)
        self._watch = Watch()
        self._opening: list[Line] = []
        self._subtitles: list[Line] = []
        self._open: Line | None = None
        self._last = 0.0
        self._spoken = sorted(spoken)
        self._elsewhere = Elsewhere()
        self.dear = 0  # pictures searched as a whole, for the figures

    def see(self, picture: Picture) -> None:
        """A look is due: search what may be new."""
        self._see_band(picture)
        self._last = picture.at
        while self._spoken and self._spoken[0] < picture.at - HALF_PIECE:
            self._spoken.pop(0)
        if _taken(self._opening_due, picture.at):
            self._see_opening(picture)
        elif self._open is None and self._spoken and _taken(self._spoken[:1], picture.at):
            self._spoken.pop(0)
            self._see_spoken(picture)
        elif _taken(self._later_due, picture.at):
            self._elsewhere.besides(picture.at, self._whole(picture))

    @property
    def next_due(self) -> float | None:
        """When it wants to look next, besides during the speech; None: no more."""
        return min([*self._opening_due[:1], *self._later_due[:1]], default=None)

    def words(self) -> Words:
        """Everything that was read."""
        self._close()
        self._subtitles += self._elsewhere.subtitles(self._opening)
        return Words(
            opening=tuple(self._opening),
            subtitles=tuple(_joined(sorted(self._subtitles, key=lambda line: line.start))),
            standing=tuple(self._elsewhere.lines),
        )

    def _see_opening(self, picture: Picture) -> None:
        lines = self._whole(picture)
        for line in lines:
            known = next((n for n, one in enumerate(self._opening) if _same(one, line)), None)
            if known is None:
                self._opening.append(line)
            else:
                old = self._opening[known]
                better = line if line.sure > old.sure else old
                self._opening[known] = replace(better, start=old.start, end=line.end)
        texts = [line.text for line in self._opening]
        if self._declared.title and text_likeness.opening_says(texts, self._declared) == "ok":
            self._opening_due.clear()
        elif any(map(_is_title, self._opening)) and not any(map(_is_title, lines)):
            self._opening_due.clear()  # the titles have been, and are over

    def _see_band(self, picture: Picture) -> None:
        gone, new = self._watch.see(picture.luma)
        if gone:
            self._close()
        if new:
            self._close()
            line = self._band(picture)
            if line is not None:
                self._open = replace(line, start=max(0.0, self._last))
        if self._open is not None:
            self._open = replace(self._open, end=picture.at + LATE_WORDS)

    def _close(self) -> None:
        if self._open is not None:
            self._subtitles.append(self._open)
            self._open = None

    def _see_spoken(self, picture: Picture) -> None:
        """Somebody speaks, and no strokes told of words."""
        line = self._band(picture) if self._watch.busy else None
        if line is not None:
            self._elsewhere.spoken(picture.at, [line], whole=False)
        elif self._elsewhere.worth_it:
            self._elsewhere.spoken(picture.at, self._whole(picture), whole=True)

    def _band(self, picture: Picture) -> Line | None:
        """What is read in the band at the bottom, as one line."""
        lines = self._read(picture, _pixels(picture, top=BAND, area=BAND_AREA), top=BAND)
        if not lines:
            return None
        return replace(lines[0], text=" ".join(line.text for line in _in_order(lines)))

    def _whole(self, picture: Picture) -> list[Line]:
        self.dear += 1
        return self._read(picture, _pixels(picture, top=0.0, area=AREA), top=0.0)

    def _read(self, picture: Picture, searched: Pixels, *, top: float) -> list[Line]:
        boxes = self._finder.find(searched)
        if not boxes:
            return []
        full = picture.frame.reformat(format="bgr24", threads=1).to_ndarray()
        full = full.astype(numpy.uint8, copy=False)
        high, wide = full.shape[:2]
        first = int(high * top)
        across, down = wide / searched.shape[1], (high - first) / searched.shape[0]
        found = []
        for box in boxes:
            y0, y1 = first + round(box.top * down), first + round(box.bottom * down)
            x0, x1 = round(box.left * across), round(box.right * across)
            text, sure = self._best(full[y0:y1, x0:x1])
            if text and sure >= SURE:
                found.append(
                    Line(
                        start=picture.at, end=picture.at, text=text, sure=sure,
                        x=(x0 + x1) / 2 / wide, y=(y0 + y1) / 2 / high, height=(y1 - y0) / high,
                    )
                )  # fmt: skip
        return found

    def _best(self, line: Pixels) -> tuple[str, float]:
        text, sure = self._reader.read(line)
        if self._rereader is None or sure >= SURE_ENOUGH or sure < 0.3:
            return text, sure
        again, surer = self._rereader.read(line)
        return (again, surer) if surer > sure else (text, sure)


def _pixels(picture: Picture, *, top: float, area: int) -> Pixels:
    """The picture below `top`, at about this area, as BGR."""
    frame = picture.frame
    first = int(frame.height * top)
    width, height = size_for(frame.width, frame.height - first, area=area)
    if not first:
        return frame.reformat(width, height, "bgr24", threads=1).to_ndarray().astype(numpy.uint8)
    whole = round(height * frame.height / (frame.height - first))
    scaled = frame.reformat(width, whole, "bgr24", threads=1).to_ndarray()
    return scaled[whole - height :].astype(numpy.uint8)


def _taken(due: list[float], at: float) -> bool:
    """Whether a moment is due; those that have passed are taken out, for one look does for all."""
    ready = bool(due) and at >= due[0]
    while due and at >= due[0]:
        due.pop(0)
    return ready


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """From the top, and from the left where two stand side by side."""
    top = min(line.y for line in lines)
    return sorted(lines, key=lambda line: (round((line.y - top) / max(line.height, 0.02)), line.x))


def _is_title(line: Line) -> bool:
    """Whether a line stands above the usual place of subtitles and is no small mark."""
    return line.y < BAND and line.height > TITLE_HEIGHT


def _same(one: Line, other: Line) -> bool:
    near = abs(one.y - other.y) < 0.06 and abs(one.x - other.x) < 0.15
    return near and text_likeness.of(one.text, other.text) >= SAME


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Readings of the same words that follow each other are one line: the surer reading stays."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if (
            last is not None
            and line.start - last.end <= LONGEST_GAP
            and text_likeness.of(last.text, line.text) >= SAME
        ):
            better = line if line.sure > last.sure else last
            found[-1] = replace(better, start=last.start, end=line.end)
        else:
            found.append(line)
    return found
