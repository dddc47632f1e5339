"""Prizes for the bodies, by the published formula `recommended-and-awarded`.

points = works recommended + for each awarded work the weight of its level. The lowest level weighs
1, each level above it one more: with five levels 5, 4, 3, 2, 1. Equal points: more awarded works,
then more works recommended, then the order of the bodies' codes, which is a convention and says
nothing about merit.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paike.awards.rules.race import Rung


@dataclass(frozen=True)
class Tally:
    """What a body's points come from. `awarded` counts works by level."""

    code: str
    recommended: int
    awarded: Mapping[str, int]
    points: int


@dataclass(frozen=True)
class Prize:
    code: str
    points: int
    rank: int


def weights(rungs: Sequence[Rung]) -> dict[str, int]:
    """Level -> what an awarded work of it adds."""
    return {rung.key: len(rungs) - index for index, rung in enumerate(rungs)}


def tally(
    recommended: Mapping[str, Sequence[str]], *, levels: Mapping[str, str], rungs: Sequence[Rung]
) -> list[Tally]:
    """Every body that recommended anything, best first. `recommended`: body -> its works;
    `levels`: awarded work -> level."""
    weight = weights(rungs)
    tallies = []
    for code, works in recommended.items():
        awarded = Counter(levels[work] for work in works if work in levels)
        points = len(works) + sum(weight[level] * count for level, count in awarded.items())
        tallies.append(Tally(code, len(works), dict(awarded), points))
    return sorted(
        (each for each in tallies if each.recommended),
        key=lambda each: (
            -each.points,
            -sum(each.awarded.values()),
            -each.recommended,
            each.code,
        ),
    )


def allot(tallies: Sequence[Tally], *, count: int) -> list[Prize]:
    """The first `count` bodies, ranked from 1."""
    return [
        Prize(each.code, each.points, rank) for rank, each in enumerate(tallies[:count], start=1)
    ]
