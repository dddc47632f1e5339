"""What was read in the picture and is no subtitle: it stays out of drafts of captions and of search.
The thresholds were chosen on the tuning half of the test films: `docs/checks/subtitles.md`."""

import re
import unicodedata
from collections.abc import Iterable

from paike.media.rules import text_likeness
from paike.media.rules.checks.watermark.judging import NAMES
from paike.media.rules.measured import Line, Words

SHORTEST = 0.2  # seconds: less is one picture
LEAST_SURE = 0.8
TALLEST = 0.12  # share of the height of the picture
ASIDE = 0.14  # share of the width that a mark stands away from the middle
LONGEST = 6.0  # seconds: what stands longer is no subtitle
PLATFORM = re.compile(rf"({NAMES.pattern})(号|id)?[a-z0-9]*")
SAME = 0.8  # likeness of two readings of one mark


def without(words: Words) -> tuple[Line, ...]:
    """The subtitles among what was read."""
    return tuple(line for line in words.subtitles if not is_stray(line, words.standing))


def is_stray(line: Line, standing: Iterable[Line] = ()) -> bool:
    """Whether a line was seen in one picture only, was hardly readable, is taller than any subtitle,
    is no word, or is a mark: a platform's name and number, or the same stands at a side long before or
    after (`standing`: words read in looks at the whole picture)."""
    letters = text_likeness.plain(line.text)
    return (
        line.end - line.start < SHORTEST
        or line.sure < LEAST_SURE
        or line.height > TALLEST
        or not _is_word(letters)
        or _names_a_platform(line, letters)
        or any(_is_mark(line, other) for other in standing)
    )


def _is_word(letters: str) -> bool:
    """Two letters or figures, or one Chinese character."""
    return len(letters) > 1 or any(unicodedata.name(one, "").startswith("CJK") for one in letters)


def _names_a_platform(line: Line, letters: str) -> bool:
    """`抖音号：laowang88` anywhere; what names one at a side, whatever else it says. Somebody may
    speak of a platform: that stands in the middle, with other words."""
    aside = abs(line.x - 0.5) > ASIDE
    return bool(PLATFORM.fullmatch(letters) or (aside and NAMES.search(letters)))


def _is_mark(line: Line, other: Line) -> bool:
    return (
        abs(line.x - 0.5) > ASIDE
        and abs(line.x - other.x) < ASIDE / 2
        and abs(line.y - other.y) < ASIDE / 2
        and not line.start - LONGEST <= other.start <= line.end + LONGEST
        and text_likeness.of(line.text, other.text) >= SAME
    )
