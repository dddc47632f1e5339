"""The serif face of titles, cut down to the letters that are used: a few kilobytes per page.

The pieces come from the built front end (Noto Serif SC by character range). Where it was not
built, pages fall back to the reader's own serif face.
"""

import io
import re
import tempfile
from functools import lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

BUILT = Path(__file__).parent.parent.parent / "web" / "static" / "built" / "assets"
FACE = re.compile(r"url\(([^)]+\.woff2)\)[^}]*?unicode-range:([^;}]+)")
DATED = 3_786_912_000  # 1 January 2024 as fonts count: seconds since 1904


class Serif:
    """The letters of a whole package, put together once; each page gets its own few."""

    def __init__(self, text: str) -> None:
        pieces: dict[Path, set[int]] = {}
        for letter in sorted({ord(one) for one in text if not one.isspace()}):
            piece = _piece_of(letter)
            if piece is not None:
                pieces.setdefault(piece, set()).add(letter)
        self._whole = _merged(pieces) if pieces else b""

    def cut(self, text: str) -> bytes:
        """A WOFF2 font with the letters of `text`; empty when there is nothing to cut it from."""
        if not self._whole:
            return b""
        font = TTFont(io.BytesIO(self._whole), recalcTimestamp=False)
        _keep(font, {ord(one) for one in text})
        font.flavor = "woff2"
        return _bytes(font)


def _merged(pieces: dict[Path, set[int]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        parts = [
            _part(piece, letters, Path(folder) / f"{number}.ttf")
            for number, (piece, letters) in enumerate(sorted(pieces.items()))
        ]
        font = Merger().merge(parts) if len(parts) > 1 else TTFont(parts[0], lazy=False)
        font.recalcTimestamp = False
        font["head"].created = font["head"].modified = DATED  # the same letters, the same bytes
        return _bytes(font)


def _part(piece: Path, letters: set[int], target: Path) -> str:
    font = TTFont(piece, recalcTimestamp=False)
    _keep(font, letters)
    font.flavor = None
    font.save(target)
    return str(target)


def _keep(font: TTFont, letters: set[int]) -> None:
    options = subset.Options(layout_features=[], hinting=False, name_IDs=[], glyph_names=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)


def _bytes(font: TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _piece_of(letter: int) -> Path | None:
    found = next((path for path, spans in _pieces() if _within(letter, spans)), None)
    return found if found and found.exists() else None


def _within(letter: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= letter <= last for first, last in spans)


@lru_cache(maxsize=1)
def _pieces() -> tuple[tuple[Path, tuple[tuple[int, int], ...]], ...]:
    """Each piece with its character ranges."""
    sheets = sorted(BUILT.glob("serif-*.css"))
    if not sheets:
        return ()
    found = FACE.findall(sheets[-1].read_text(encoding="utf-8"))
    return tuple((BUILT / Path(url).name, _spans(ranges)) for url, ranges in found)


def _spans(ranges: str) -> tuple[tuple[int, int], ...]:
    spans = []
    for part in ranges.upper().replace("U+", "").split(","):
        first, _dash, last = part.strip().partition("-")
        if "?" in first:
            first, last = first.replace("?", "0"), first.replace("?", "F")
        spans.append((int(first, 16), int(last or first, 16)))
    return tuple(spans)
