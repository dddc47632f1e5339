"""What stands in the log about a quarantine: places in ranges, figures as text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from paike.voting.rules.detection.finding import Finding

RANGES_AN_ENTRY = 2_500  # of up to 24 bytes each: an entry holds 65,535


def ranges(indexes: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as ranges, both ends included."""
    found: list[tuple[int, int]] = []
    for index in sorted(indexes):
        if found and index == found[-1][1] + 1:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found


def parts(found: Sequence[tuple[int, int]]) -> Iterator[list[list[int]]]:
    """The ranges in pieces that an entry can hold; at least one piece."""
    for start in range(0, max(len(found), 1), RANGES_AN_ENTRY):
        yield [list(one) for one in found[start : start + RANGES_AN_ENTRY]]


def of(
    *, work: int, ballots: int, findings: Sequence[Finding], thresholds: Mapping[str, Any]
) -> dict[str, Any]:
    """The evidence file: numbers as text, so that they have one form everywhere."""
    return {
        "format": "paike-evidence-1",
        "work": work,
        "ballots": ballots,
        "detectors": {
            one.detector: {
                "family": str(one.family),
                "tagged": len(one.rows),
                "explained": one.explained,
                "figures": {name: str(value) for name, value in one.figures.items()},
            }
            for one in findings
        },
        "thresholds": dict(thresholds),
    }
