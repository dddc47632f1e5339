"""Hasty and blind at once, too often for the hours they came in: how a small bought crowd shows.

Some hundred bought ballots are lost among a work's thousands of a week, and in any one trait among
the honest hasty ones around them. But few honest ballots are both cast at first sight and ticked
anyhow, so in the evening or the day in which they were bought the *joint* trait stands out. A
negative binomial around the work's own joint share outside that stretch, or everybody's if that is
more, says how far.

Still fewer of them are, besides, the only ballot of their account, as a bought one mostly is. So it
is looked at once more with this third trait. A unit's people who come to vote for a colleague have
it too, and many of them are hasty: there the joint trait has to be more than haste and newness
explain without blindness, and more than blindness and newness explain without haste.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from paike.voting.rules.detection import choices, tails, traits
from paike.voting.rules.detection.contest import Bits, Contest, Floats, Ints

LEAST = 15  # ballots with both traits in a stretch
SWING = 0.02  # of the joint share from stretch to stretch, as relative variance
LEVELS = range(1, len(choices.LEVELS))  # the very rarest is too rare to meet haste often
UNEXPLAINED = 1e-2  # tail below which two of three traits do not explain that the third is there
FEWEST = 30  # ballots of a work, to speak of a share among them


@dataclass(frozen=True)
class Excess:
    """What a work has of both at once: the ballots, and the most times the usual."""

    rows: Ints
    times: float


@dataclass(frozen=True)
class _Usual:
    """What is usual at one level. `joint`: the share of blind and marked ballots, the median over
    works. With the third trait also `meanwhile`: picks among marked ballots beside which the others
    are blind, as a part of the ballot, added up over all rows before; `blind`: the share of blind
    ones among the marked; `hasty`: that of hasty ones among the blind of lone accounts."""

    joint: float
    meanwhile: Floats | None = None
    blind: float = 0.0
    hasty: float = 0.0


@dataclass(frozen=True)
class _Look:
    """Ballots whose haste counts, found ones are struck off; of which accounts; what is usual, by
    level. `lone`: ballots that are their account's only one, None where that is not asked."""

    marked: Bits
    lone: Bits | None
    usual: Sequence[_Usual]


@dataclass(frozen=True)
class _Stretch:
    """`first` and `last` row of it; `joint`: its ballots with all traits; `by`: look and level."""

    unlikely: float
    by: tuple[int, int]
    first: int
    last: int
    joint: Ints
    times: float


def excesses(contest: Contest) -> dict[int, Excess]:
    """By work, among ballots that no factory or poster vouches for.

    The clearest work comes first, and its ballots of those hours speak against no other: bought
    ballots name four more works each, and must not make those suspect, nor who voted for them."""
    known = contest.once(choices.scores)
    if known is None:
        return {}
    looks = _looks(contest, known)
    first = {
        work: min((one.unlikely, -one.times) for one in seen)
        for work in range(contest.works)
        if (seen := _of(contest, known, work, looks))
    }
    found = {}
    for work in sorted(first, key=lambda one: (first[one], one)):
        seen = _of(contest, known, work, looks)
        if seen:
            kept = _clearest(seen)
            joint = np.unique(np.concatenate([one.joint for one in kept]))
            found[work] = Excess(joint, round(max(one.times for one in kept), 1))
            rows = contest.rows_of(work)
            for one in kept:
                meanwhile = rows[(rows >= one.first) & (rows <= one.last)]
                for look in looks:
                    look.marked[meanwhile] = False
    return found


def _looks(contest: Contest, known: choices.Scores) -> tuple[_Look, _Look]:
    hasty = contest.fresh & ~contest.once(traits.houses)
    voter = contest.columns.voter
    lone: Bits = np.bincount(voter)[voter] == 1
    both, three = zip(
        *(_usual(contest, known, hasty, lone, level) for level in LEVELS), strict=True
    )
    return _Look(hasty, None, both), _Look(hasty & lone, lone, three)


def _of(
    contest: Contest, known: choices.Scores, work: int, looks: Sequence[_Look]
) -> list[_Stretch]:
    rows = contest.rows_of(work)
    blind = np.zeros(len(contest.columns), dtype=np.bool_)
    seen: list[_Stretch] = []
    for place, level in enumerate(LEVELS):
        blind[rows] = known.odd(rows, work, level)
        for number, look in enumerate(looks):
            seen += _stretches(contest, rows, blind, look, by=(number, place))
    return seen


def _stretches(
    contest: Contest, rows: Ints, blind: Bits, look: _Look, *, by: tuple[int, int]
) -> Iterator[_Stretch]:
    """Those with more of it than is any accident, half of which would not be here otherwise."""
    joint_rows = rows[blind[rows] & look.marked[rows]]
    total = len(joint_rows)
    if total < LEAST:
        return
    usual, most = look.usual[by[1]], float(contest.rule.burst_tail)
    for part in traits.stretches(contest, rows):
        first, last = int(part[0]), int(part[-1])
        joint = joint_rows[slice(*np.searchsorted(joint_rows, (first, last + 1)))]
        count = len(joint)
        if count < LEAST:
            continue
        own = (total - count) / max(len(rows) - len(part), 1)
        mean = len(part) * max(usual.joint, own, _meanwhile(usual, part))
        if mean <= 0 or count - mean < traits.PURE * count:
            continue
        unlikely = tails.negative_binomial(count, mean, SWING)
        if unlikely < most and not _explained(count, part, blind, look, usual):
            yield _Stretch(unlikely, by, first, last, joint, count / mean)


def _meanwhile(usual: _Usual, part: Ints) -> float:
    """The joint share in the same hours of the ballots that do not name the work: in the first hours
    of a vote everybody's ballot is the only one."""
    if usual.meanwhile is None:
        return 0.0
    first, end = int(part[0]), int(part[-1]) + 1
    here = float((usual.meanwhile[part + 1] - usual.meanwhile[part]).sum())
    others = float(usual.meanwhile[end] - usual.meanwhile[first]) - here
    return max(others, 0.0) / max(end - first - len(part), 1)


def _explained(count: int, part: Ints, blind: Bits, look: _Look, usual: _Usual) -> bool:
    """Whether two of three traits explain that the third meets them so often."""
    if look.lone is None:
        return False
    by_haste = int(look.marked[part].sum()) * usual.blind
    by_choice = int((blind[part] & look.lone[part]).sum()) * usual.hasty
    expected = max(by_haste, by_choice)
    return expected > 0 and tails.negative_binomial(count, expected, SWING) >= UNEXPLAINED


def _clearest(seen: list[_Stretch]) -> list[_Stretch]:
    """The least likely stretch, and others of its kind beside it: every further level and every
    overlapping stretch would add more bystanders than bought ballots."""
    order = sorted(seen, key=lambda one: (one.unlikely, one.by, one.first))
    kept: list[_Stretch] = []
    for one in order:
        apart = all(one.last < other.first or one.first > other.last for other in kept)
        if one.by == order[0].by and apart:
            kept.append(one)
    return kept


def _usual(
    contest: Contest, known: choices.Scores, hasty: Bits, lone: Bits, level: int
) -> tuple[_Usual, _Usual]:
    """What is usual of both traits and of all three: medians over works, so that one work's stuffing
    is not everybody's habit."""
    marked = hasty & lone
    both: list[float] = []
    three: list[float] = []
    blind: list[float] = []
    quick: list[float] = []
    for work in range(contest.works):
        rows = contest.rows_of(work)
        odd = known.odd(rows, work, level)
        if len(rows) >= 50:
            both.append(float((hasty[rows] & odd).mean()))
            three.append(float((marked[rows] & odd).mean()))
        for shares, among, trait in (
            (blind, marked[rows], odd),
            (quick, odd & lone[rows], hasty[rows]),
        ):
            if int(among.sum()) >= FEWEST:
                shares.append(float(trait[among].mean()))
    part = known.odd_part(contest.columns.picks, level) * marked
    return _Usual(_median(both, otherwise=0.0)), _Usual(
        _median(three, otherwise=0.0),
        np.concatenate(([0.0], np.cumsum(part))),
        _median(blind, otherwise=choices.LEVELS[level]),
        _median(quick, otherwise=float(hasty.mean())),
    )


def _median(shares: Sequence[float], *, otherwise: float) -> float:
    return float(np.median(shares)) if shares else otherwise
