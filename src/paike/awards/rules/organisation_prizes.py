"""Prizes for the bodies, by the published formula `recommended-and-awarded`.

points = works recommended + for each awarded work the weight of its level. The lowest level weighs
1, each level above it one more: with five levels 5, 4, 3, 2, 1. Equal points: more awarded works,
then more works recommended. Bodies that are still equal share their rank, and all of them get the
prize that one of them gets: nothing about a body's place in the tree may decide.
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
    competing = [each for each in tallies if each.recommended]
    return sorted(competing, key=lambda each: (_merit(each), each.code))


def allot(tallies: Sequence[Tally], *, count: int) -> list[Prize]:
    """The first `count` bodies with their ranks from 1, and all who equal the last of them."""
    if not count:
        return []
    last = _merit(tallies[min(count, len(tallies)) - 1]) if tallies else None
    merits = [_merit(each) for each in tallies]
    return [
        Prize(each.code, each.points, merits.index(merit) + 1)
        for each, merit in zip(tallies, merits, strict=True)
        if last is not None and merit <= last
    ]


def _merit(tally: Tally) -> tuple[int, int, int]:
    """What decides, smallest first. The code only keeps lists in one order."""
    return -tally.points, -sum(tally.awarded.values()), -tally.recommended
