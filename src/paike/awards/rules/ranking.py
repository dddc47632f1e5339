"""The order of the works, by the rulebook's tie chain. Never by time, never by chance.

Works stand in groups that nothing has told apart yet. Each link of the chain splits every group
further; what is still together at the end is an unbroken tie and shares its rank.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from paike.awards.rules.blending import Score
from paike.awards.rules.race import Tie, Work
from paike.jury.rules import scoring

Group = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A work's rank (1 is best), the link of the chain that set it apart from the work before it,
    and the works it could not be told apart from."""

    id: str
    rank: int
    by: Tie | None  # None: first of all, or tied with the work before it
    tied_with: Group


def rank(
    works: Sequence[Work],
    *,
    scores: Mapping[str, Score],
    ties: Sequence[Tie],
    committee: Sequence[Sequence[str]] = (),
) -> list[Place]:
    """All works, best first. Works of an unbroken tie share a rank and stand in the order of their
    ids, which says nothing. `committee` holds the recorded ballots, latest last."""
    by_id = {work.id: work for work in works}
    groups: list[tuple[Tie | None, Group]] = [(None, tuple(sorted(by_id)))]
    for tie in ties:
        split = _split(tie, works=by_id, scores=scores, committee=committee)
        groups = [piece for by, group in groups for piece in _refine(group, by, tie, split)]
    places: list[Place] = []
    for by, group in groups:
        first = len(places) + 1
        for index, key in enumerate(group):
            rest = tuple(other for other in group if other != key)
            places.append(Place(key, first, by if index == 0 else None, rest))
    return places


Split = Callable[[Group], list[Group]]


def _refine(group: Group, by: Tie | None, tie: Tie, split: Split) -> list[tuple[Tie | None, Group]]:
    if len(group) < 2:
        return [(by, group)]
    first, *rest = split(group)
    return [(by, first), *((tie, piece) for piece in rest)]


def _split(
    tie: Tie,
    *,
    works: Mapping[str, Work],
    scores: Mapping[str, Score],
    committee: Sequence[Sequence[str]],
) -> Split:
    if tie == "head-to-head":
        return lambda group: _by_value(group, _head_to_head(group, works))
    if tie == "committee":
        return lambda group: _by_committee(group, committee)
    values = {key: _value(tie, scores[key]) for key in works}
    return lambda group: _by_value(group, values)


def _value(tie: Tie, score: Score) -> Fraction:
    """A work's figure for a link of the chain; no sheet counts as less than any."""
    if tie == "total":
        return score.total
    if tie == "votes":
        return Fraction(score.votes)
    if score.jury is None:
        return Fraction(-1)
    figures = {
        "jury": score.jury.score,
        "jury-median": score.jury.median,
        "first-criterion": score.jury.first_criterion,
    }
    return figures[tie]


def _by_value(group: Group, values: Mapping[str, Fraction]) -> list[Group]:
    ordered = sorted({values[key] for key in group}, reverse=True)
    return [tuple(key for key in group if values[key] == value) for value in ordered]


def _head_to_head(group: Group, works: Mapping[str, Work]) -> dict[str, Fraction]:
    """Duels won minus duels lost against the others of the group (Copeland's count)."""
    return {
        key: Fraction(
            sum(
                _sign(scoring.preferences(works[key].sheets, works[other].sheets))
                for other in group
                if other != key
            )
        )
        for key in group
    }


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _by_committee(group: Group, ballots: Sequence[Sequence[str]]) -> list[Group]:
    """The latest recorded ballot that orders the whole group decides it."""
    for order in reversed(ballots):
        if set(group) <= set(order):
            return [(key,) for key in sorted(group, key=list(order).index)]
    return [group]
