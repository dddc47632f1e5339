"""Which rank gets which prize, and how a place is filled again after publication."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from paike.awards.rules.race import Rung
from paike.awards.rules.ranking import Place


@dataclass(frozen=True)
class Cut:
    """The line under a level: works up to place `after` are above it."""

    key: str  # the level above the line
    below: str  # the level below it; empty: no prize
    after: int


def cuts(rungs: Sequence[Rung], *, works: int) -> list[Cut]:
    """The lines that have works on both sides, best first."""
    found = []
    after = 0
    for index, rung in enumerate(rungs):
        after += rung.count
        below = rungs[index + 1].key if index + 1 < len(rungs) else ""
        if rung.count and 0 < after < works:
            found.append(Cut(rung.key, below, after))
    return found


def allot(order: Sequence[str], *, rungs: Sequence[Rung]) -> dict[str, str]:
    """Work -> level, from the best down, until ladder or works run out."""
    levels = [rung.key for rung in rungs for _ in range(rung.count)]
    return dict(zip(order, levels, strict=False))


def tied_across(places: Sequence[Place], *, rungs: Sequence[Rung]) -> dict[str, tuple[str, ...]]:
    """Cut (by the level above it) -> the works of an unbroken tie that lie on both its sides. Each
    needs the committee's recorded ballot before anything can be published."""
    found = {}
    for cut in cuts(rungs, works=len(places)):
        above, below = places[cut.after - 1], places[cut.after]
        if below.id in above.tied_with:
            found[cut.key] = (above.id, *above.tied_with)
    return found


def refill(
    published: Sequence[Sequence[str]], *, out: AbstractSet[str], rungs: Sequence[Rung]
) -> dict[str, str]:
    """Levels after some works went out: the others move up in the published order. Nobody's score
    is touched, so nobody overtakes anybody.

    `published` holds the works by rank, those of an unbroken tie together. Such a tie moves up as
    one, even if a level then holds more works than its count: neither chance nor the order of ids
    may choose between them, and the committee's vote ended with the publication.
    """
    levels = [rung.key for rung in rungs for _ in range(rung.count)]
    found: dict[str, str] = {}
    taken = 0
    for tied in published:
        staying = [work for work in tied if work not in out]
        if taken < len(levels):
            found |= dict.fromkeys(staying, levels[taken])
        taken += len(staying)
    return found
