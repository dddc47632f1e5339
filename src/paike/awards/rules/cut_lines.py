"""How firm each cut is: the margin, ties, and what one juror alone could have changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from paike.awards.rules import blending, ladder, ranking
from paike.awards.rules.race import Rules, Work

NEIGHBOURS = 3  # works shown on each side of a line


@dataclass(frozen=True)
class WithoutJuror:
    """Works that would fall below or rise above the cut if this juror's sheets were missing."""

    juror: str
    falls: tuple[str, ...]
    rises: tuple[str, ...]


@dataclass(frozen=True)
class CutLine:
    """A cut with the works next to it. `margin` is the difference of totals across the line."""

    cut: ladder.Cut
    margin: Fraction
    near: tuple[str, ...]  # up to NEIGHBOURS works on each side, best first
    tied: tuple[str, ...]  # an unbroken tie across the line
    changes: tuple[WithoutJuror, ...]


def examine(
    works: Sequence[Work], *, rules: Rules, committee: Sequence[Sequence[str]] = ()
) -> list[CutLine]:
    """Every cut line of the result as it stands."""
    scores = blending.blend(works, rules=rules)
    places = ranking.rank(works, scores=scores, ties=rules.ties, committee=committee)
    tied = ladder.tied_across(places, rungs=rules.ladder)
    without = _orders_without_each(works, rules=rules, committee=committee)
    order = [place.id for place in places]
    return [
        CutLine(
            cut=cut,
            margin=scores[order[cut.after - 1]].total - scores[order[cut.after]].total,
            near=tuple(order[max(cut.after - NEIGHBOURS, 0) : cut.after + NEIGHBOURS]),
            tied=tied.get(cut.key, ()),
            changes=_changes(order, without, after=cut.after),
        )
        for cut in ladder.cuts(rules.ladder, works=len(order))
    ]


def _orders_without_each(
    works: Sequence[Work], *, rules: Rules, committee: Sequence[Sequence[str]]
) -> dict[str, list[str]]:
    jurors = sorted({juror for work in works for juror in work.sheets})
    found = {}
    for juror in jurors:
        others = [
            Work(
                work.id,
                work.votes,
                {key: sheet for key, sheet in work.sheets.items() if key != juror},
            )
            for work in works
        ]
        scores = blending.blend(others, rules=rules)
        places = ranking.rank(others, scores=scores, ties=rules.ties, committee=committee)
        found[juror] = [place.id for place in places]
    return found


def _changes(
    order: Sequence[str], without: dict[str, list[str]], *, after: int
) -> tuple[WithoutJuror, ...]:
    above = set(order[:after])
    found = []
    for juror, other in without.items():
        then = set(other[:after])
        if then != above:
            falls = tuple(key for key in order if key in above - then)
            rises = tuple(key for key in order if key in then - above)
            found.append(WithoutJuror(juror, falls, rises))
    return tuple(found)
