"""Hasty and blind at once, too often for the hours they came in: how a small bought crowd shows.

Some hundred bought ballots are lost among a work's thousands of a week, and in any one trait among
the honest hasty ones around them. But few honest ballots are both cast at first sight and ticked
anyhow, so in the evening or the day in which they were bought the *joint* trait stands out. A
negative binomial around the work's own joint share outside that stretch, or everybody's if that is
more, says how far.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from paike.voting.rules.detection import choices, tails, traits
from paike.voting.rules.detection.contest import Bits, Contest, Ints

LEAST = 15  # ballots with both traits in a stretch
SWING = 0.02  # of the joint share from stretch to stretch, as relative variance
LEVELS = range(1, len(choices.LEVELS))  # the very rarest is too rare to meet haste often


@dataclass(frozen=True)
class Excess:
    """What a work has of both at once: the ballots, and the most times the usual."""

    rows: Ints
    times: float


@dataclass(frozen=True)
class _Stretch:
    """`first` and `last` row of it; `joint`: its ballots with both traits."""

    unlikely: float
    level: int
    first: int
    last: int
    joint: Ints
    times: float


def excesses(contest: Contest) -> dict[int, Excess]:
    """By work, among ballots that no factory or poster vouches for.

    The clearest work comes first, and its ballots speak against no other: bought ballots name four
    more works each, and must not make those suspect, nor who voted for them meanwhile."""
    known = contest.once(choices.scores)
    if known is None:
        return {}
    fresh = contest.fresh & ~contest.once(traits.houses)
    everyone = [_everyone(contest, known, fresh, level) for level in LEVELS]
    first = {
        work: min((one.unlikely, -one.times) for one in seen)
        for work in range(contest.works)
        if (seen := _of(contest, known, work, fresh, everyone))
    }
    found = {}
    for work in sorted(first, key=lambda one: (first[one], one)):
        seen = _of(contest, known, work, fresh, everyone)
        if seen:
            kept = _clearest(seen)
            joint = np.unique(np.concatenate([one.joint for one in kept]))
            found[work] = Excess(joint, round(max(one.times for one in kept), 1))
            fresh[joint] = False
    return found


def _of(
    contest: Contest, known: choices.Scores, work: int, fresh: Bits, everyone: list[float]
) -> list[_Stretch]:
    rows = contest.rows_of(work)
    both = np.zeros(len(contest.columns), dtype=np.bool_)
    seen: list[_Stretch] = []
    for level, usual in zip(LEVELS, everyone, strict=True):
        both[rows] = fresh[rows] & known.odd(rows, work, level)
        seen += _stretches(contest, rows, both, level, usual)
    return seen


def _stretches(
    contest: Contest, rows: Ints, both: Bits, level: int, usual: float
) -> Iterator[_Stretch]:
    """Those with more of both than is any accident, half of which would not be here otherwise."""
    total = int(both[rows].sum())
    if total < LEAST:
        return
    for part in traits.stretches(contest, rows):
        joint = part[both[part]]
        count = len(joint)
        if count < LEAST:
            continue
        own = (total - count) / max(len(rows) - len(part), 1)
        mean = len(part) * max(usual, own)
        if mean <= 0 or count - mean < traits.PURE * count:
            continue
        unlikely = tails.negative_binomial(count, mean, SWING)
        if unlikely < float(contest.rule.burst_tail):
            yield _Stretch(unlikely, level, int(part[0]), int(part[-1]), joint, count / mean)


def _clearest(seen: list[_Stretch]) -> list[_Stretch]:
    """The least likely stretch, and others of its level beside it: every further level and every
    overlapping stretch would add more bystanders than bought ballots."""
    order = sorted(seen, key=lambda one: (one.unlikely, one.level, one.first))
    kept: list[_Stretch] = []
    for one in order:
        apart = all(one.last < other.first or one.first > other.last for other in kept)
        if one.level == order[0].level and apart:
            kept.append(one)
    return kept


def _everyone(contest: Contest, known: choices.Scores, fresh: Bits, level: int) -> float:
    """The joint share, the median over works: one work's stuffing is not everybody's habit."""
    shares = [
        float((fresh[rows] & known.odd(rows, work, level)).mean())
        for rows, work in ((contest.rows_of(one), one) for one in range(contest.works))
        if len(rows) >= 50
    ]
    return float(np.median(shares)) if shares else 0.0
