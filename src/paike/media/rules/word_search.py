"""Where in a film words are said: any part of a Chinese sentence, in either form of its characters,
also where one line of captions ends and the next begins. Spaces separate what must all be there.

`docs/spec/exhibition-package.md` tells the same for the script of the exhibition's search page."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from paike.media.rules import text_likeness
from paike.media.rules.captions import Cue


@dataclass(frozen=True)
class Line:
    """What is said, and the moment in ms at which that begins."""

    at: int
    words: str


def lines_of(cues: Sequence[Cue]) -> tuple[Line, ...]:
    return tuple(Line(cue.start, " ".join(cue.lines)) for cue in cues)


def terms_of(words: str) -> tuple[str, ...]:
    """What is looked for, in one form; nothing is left of punctuation."""
    return tuple(filter(None, map(text_likeness.plain, words.split())))


def hits(lines: Sequence[Line], words: str) -> tuple[Line, ...]:
    """The lines in which the words begin, in their order; empty unless all of them are there."""
    plain = [text_likeness.plain(line.words) for line in lines]
    starts, length = [], 0
    for one in plain:
        starts.append(length)
        length += len(one)
    whole = "".join(plain)
    found: set[int] = set()
    for term in terms_of(words):
        at = whole.find(term)
        if at < 0:
            return ()
        while at >= 0:
            found.add(bisect_right(starts, at) - 1)
            at = whole.find(term, at + 1)
    return tuple(lines[number] for number in sorted(found))
