"""What the search page of an exhibition looks through: titles, credits and what is said in the films."""

from collections.abc import Sequence
from typing import Any

from paike.exhibition.rules.pages import Work
from paike.media.rules import text_likeness

FORMAT = "paike-search-1"


def of(works: Sequence[Work]) -> dict[str, Any]:
    """The index, to be written as JSON. `fold`: traditional characters whose simplified form, or
    which themselves, stand in it, so that either way of typing finds either way of writing."""
    lines = [
        {
            "id": work.id,
            "title": work.title,
            "credit": work.credit,
            "lines": [[line.at, line.words] for line in work.lines],
        }
        for work in works
    ]
    said = "".join(line.words for work in works for line in work.lines)
    letters = set(said).union(*(work.title + work.credit for work in works))
    pairs = {chr(one): other for one, other in text_likeness.simplified().items()}
    fold = {one: other for one, other in pairs.items() if other in letters or one in letters}
    return {
        "format": FORMAT,
        "fold": dict(sorted(fold.items())),
        "works": lines,
    }
