"""How alike two texts are, for words that a machine has read: punctuation, spaces, widths, capital
letters and traditional forms of characters make no difference."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from paike.media.rules.measured import Declared

TITLE, UNIT = 0.75, 0.7  # share of the characters that must be right
NAME = 0.66  # one character of three may be misread; of two, none


@cache
def simplified() -> dict[int, str]:
    """Traditional characters and their simplified forms."""
    text = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8")
    pairs = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {ord(one): other for one, other in pairs}


def plain(text: str) -> str:
    """The letters and figures only, in one width and one form."""
    folded = unicodedata.normalize("NFKC", text).lower().translate(simplified())
    return "".join(letter for letter in folded if letter.isalnum())


def of(one: str, other: str) -> float:
    """1 for the same, 0 for nothing in common."""
    one, other = plain(one), plain(other)
    longer = max(len(one), len(other))
    return 1 - distance(one, other) / longer if longer else 0.0


def within(wanted: str, text: str) -> float:
    """How well `wanted` is found anywhere in `text`: 1 when it is there as it is."""
    wanted, text = plain(wanted), plain(text)
    if not wanted:
        return 0.0
    return max(0.0, 1 - distance(wanted, text, anywhere=True) / len(wanted))


def distance(one: str, other: str, *, anywhere: bool = False) -> int:
    """Characters to change, add or leave out to make `one` the other, or any part of the other."""
    row = [0] * (len(other) + 1) if anywhere else list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        last, row[0] = row[0], number
        for place, candidate in enumerate(other, start=1):
            cost = last + (letter != candidate)
            last = row[place]
            row[place] = min(cost, row[place] + 1, row[place - 1] + 1)
    return min(row) if anywhere else row[-1]


def opening_says(texts: Iterable[str], declared: Declared) -> str:
    """`ok` when the title and an author or the unit stand in these texts, else what is missing:
    `no-title` or `no-author`."""
    text = "".join(map(plain, texts))
    if within(declared.title, text) < TITLE:
        return "no-title"
    named = any(within(name, text) >= NAME for name in declared.authors if plain(name))
    if named or (plain(declared.unit) and within(declared.unit, text) >= UNIT):
        return "ok"
    return "ok" if not (declared.authors or declared.unit) else "no-author"
