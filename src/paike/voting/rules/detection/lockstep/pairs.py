"""Pairs of accounts in lockstep, and what they hang together as.

Two ballots match when they are near in time and agree in enough works. To find such pairs among
millions, ballots are sorted into boxes of time and agreeing works (every way to choose so many of a
ballot's works is one box). In a crowded box only pairs with its first few accounts, by number, are
looked at: the same accounts each day, so the others still hang together through them.
"""

from itertools import combinations

import numpy as np
import numpy.typing as npt

from paike.voting.rules.detection.choices import set_keys
from paike.voting.rules.detection.contest import Contest, Ints

HUBS = 12  # accounts of a crowded box that all others are paired with
MOST_BOXES = 6  # works on a ballot up to which every choice is a box; above, the whole ballot is

Pairs = npt.NDArray[np.int64]  # (n, 2)


def linked(contest: Contest) -> Pairs:
    """Pairs of voters in lockstep, the smaller first."""
    rule = contest.rule
    width = contest.columns.picks.shape[1]
    agree = _agreeing(width, float(rule.lockstep_overlap))
    voters = int(contest.columns.voter.max(initial=0)) + 1
    found = [_matches(contest, day, agree) for day in np.unique(contest.days)]
    if not found or not sum(map(len, found)):
        return np.zeros((0, 2), dtype=np.int64)
    keys, counts = np.unique(np.concatenate(found), return_counts=True)
    keys = keys[counts >= rule.lockstep_days]
    counts = counts[counts >= rule.lockstep_days]
    pairs = np.stack((keys // voters, keys % voters), axis=1)
    cast = np.bincount(
        contest.columns.voter, weights=(contest.columns.picks >= 0).sum(axis=1), minlength=voters
    )
    common = counts * agree
    union = cast[pairs[:, 0]] + cast[pairs[:, 1]] - common
    return pairs[common >= float(rule.lockstep_overlap) * union]


def _agreeing(width: int, overlap: float) -> int:
    """The works two ballots must share so that shared / all reaches `overlap`."""
    if width > MOST_BOXES:
        return width
    return max(int(np.ceil(2 * width * overlap / (1 + overlap) - 1e-9)), 1)


def _matches(contest: Contest, day: int, agree: int) -> Ints:
    """The pairs of voters that match on one day, each once, as one number."""
    rows = np.nonzero(contest.days == day)[0]
    picks = contest.columns.picks[rows]
    voter = contest.columns.voter[rows].astype(np.int64)
    voters = int(contest.columns.voter.max(initial=0)) + 1
    window = contest.rule.lockstep_minutes * 60
    found = []
    for columns in combinations(range(picks.shape[1]), agree):
        keys = set_keys(picks[:, columns])
        for shift in (0.0, 0.5):  # two grids, so that no pair falls between two boxes for good
            time = np.floor(contest.columns.at[rows] / window + shift).astype(np.int64)
            boxes = keys ^ (time * np.int64(0x5851F42D4C957F2D))
            found.append(_pairs_in(boxes, voter, voters))
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def _pairs_in(boxes: Ints, voter: Ints, voters: int) -> Ints:
    """Pairs within each box: everybody with its first `HUBS` accounts."""
    order = np.lexsort((voter, boxes))
    box, who = boxes[order], voter[order]
    start = np.ones(len(box), dtype=np.bool_)
    start[1:] = box[1:] != box[:-1]
    first = np.maximum.accumulate(np.where(start, np.arange(len(box)), 0))
    found = []
    for step in range(HUBS):
        hub = first + step
        inside = hub < np.arange(len(box))
        one, two = who[hub[inside]], who[inside]
        distinct = one != two
        found.append(one[distinct] * voters + two[distinct])
    return np.concatenate(found)


def components(pairs: Pairs, *, least: int) -> list[Ints]:
    """What hangs together, as arrays of voters; only those of at least `least`."""
    members, flat = np.unique(pairs, return_inverse=True)
    edges = flat.reshape(pairs.shape)
    label = np.arange(len(members))
    while True:
        low = np.minimum(label[edges[:, 0]], label[edges[:, 1]])
        new = label.copy()
        np.minimum.at(new, edges[:, 0], low)
        np.minimum.at(new, edges[:, 1], low)
        new = new[new]
        if np.array_equal(new, label):
            break
        label = new
    order = np.argsort(label, kind="stable")
    groups = np.split(members[order], np.nonzero(np.diff(label[order]))[0] + 1)
    return [group for group in groups if len(group) >= least]
