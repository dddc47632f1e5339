"""How good the drafts of captions are: of their lines, how many are subtitles that stand in the film.

    python -m bench.transcript_drafts [--half tuning|test]

Prints one line of JSON: lines of the drafts of all test films of a half with and without the filter
of `media.rules.checks.subtitles.strays`, those that are right (six tenths of the characters, or the subtitle
is in the line), precision, and how many subtitles were found. Thresholds were chosen on `tuning`.
"""

import argparse
import json
from collections.abc import Sequence

from tests.corpus.recipe import Line as Truth

from bench import inspection_accuracy
from paike.media.rules import text_likeness
from paike.media.rules.checks.subtitles import strays
from paike.media.rules.measured import Line

ALIKE, WITHIN = 0.6, 0.75


def is_of(line: Line, truth: Truth) -> bool:
    """Whether the line that was read is this subtitle."""
    return (
        text_likeness.of(line.text, truth.text) >= ALIKE
        or text_likeness.within(truth.text, line.text) >= WITHIN
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--half", choices=("tuning", "test"), default="test")
    half = parser.parse_args().half
    read: dict[str, list[tuple[Sequence[Line], Sequence[Truth]]]] = {"before": [], "after": []}
    for recipe, measured in inspection_accuracy.measured_films(half):
        if measured.words is not None:
            read["before"].append((measured.words.subtitles, recipe.subtitles))
            read["after"].append((strays.without(measured.words), recipe.subtitles))
    print(json.dumps({"half": half, **{name: figures(films) for name, films in read.items()}}))


def figures(films: Sequence[tuple[Sequence[Line], Sequence[Truth]]]) -> dict[str, float]:
    """Over all films: lines, right ones, precision, subtitles in the films and those found."""
    lines = [(line, truths) for lines, truths in films for line in lines]
    right = sum(any(is_of(line, one) for one in truths) for line, truths in lines)
    found = sum(
        any(is_of(line, one) for line in lines) for lines, truths in films for one in truths
    )
    return {
        "lines": len(lines),
        "right": right,
        "precision": round(right / len(lines), 4) if lines else 1.0,
        "subtitles": sum(len(truths) for _, truths in films),
        "found": found,
    }


if __name__ == "__main__":
    main()
