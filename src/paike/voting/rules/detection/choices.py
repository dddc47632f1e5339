"""How a ballot's other picks look beside everybody's.

Honest fillers follow what people like: a ballot's score for a work is the mean log share of the
other works on it. Who ticks anything to get a valid ballot scores low. That is the likelihood ratio
of ticking blindly against choosing as everybody does, so no other statistic separates the two better.
"""

import math
from dataclasses import dataclass

import numpy as np

from paike.voting.rules.detection.contest import NO_WORK, Bits, Codes, Contest, Floats, Ints, Works

FEWEST = 3  # works on a ballot; below, there is too little company to judge
SAMPLE = 1_000_000
LEVELS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2)  # shares of everybody's ballots that score lower


@dataclass(frozen=True)
class Scores:
    """`sums`: the log shares of all picks of a ballot, added; `logs` of one work; `number` of works
    on a ballot; `slates`: ballots of which half or more name works of one recommending body, as
    honest posters ask for; `cuts`: the score below which a level lies."""

    sums: Floats
    logs: Floats
    number: Codes
    slates: Bits
    cuts: Floats

    def odd(self, rows: Ints, work: int, level: int) -> Bits:
        """Which of `rows`, all naming `work`, have other picks that score below the level's cut."""
        number = self.number[rows]
        scores = (self.sums[rows] - self.logs[work]) / np.maximum(number - 1, 1)
        low: Bits = scores < self.cuts[level]
        return low & (number >= FEWEST) & ~self.slates[rows]

    def odd_part(self, picks: Works, level: int) -> Floats:
        """Of every ballot, the part of its picks beside which the others score below the cut."""
        number = np.maximum(self.number, 1)
        padded = np.append(self.logs, 0.0)
        found = np.zeros(len(picks))
        for column in picks.T:
            scores = (self.sums - padded[column]) / np.maximum(number - 1, 1)
            found += (scores < self.cuts[level]) & (column != NO_WORK)
        return np.where((self.number >= FEWEST) & ~self.slates, found / number, 0.0)


def scores(contest: Contest) -> Scores | None:
    """None where ballots name too few works to have company."""
    picks = contest.columns.picks
    if not len(picks) or picks.shape[1] < FEWEST:
        return None
    shares = np.maximum(contest.named, 1) / max(int(contest.named.sum()), 1)
    logs = np.log(shares)
    padded = np.append(logs, 0.0)  # NO_WORK is -1: the last
    sums = padded[picks].sum(axis=1)
    number = (picks != NO_WORK).sum(axis=1).astype(np.int32)
    slates = _slates(picks, contest.bodies, number)
    return Scores(sums, logs, number, slates, _cuts(picks, sums, logs, number))


def _cuts(picks: Works, sums: Floats, logs: Floats, number: Codes) -> Floats:
    step = max(len(picks) // (SAMPLE // picks.shape[1]), 1)
    some = picks[::step]
    padded = np.append(logs, 0.0)
    each = (sums[::step, None] - padded[some]) / np.maximum(number[::step, None] - 1, 1)
    kept = each[(some != NO_WORK) & (number[::step, None] >= FEWEST)]
    return np.quantile(kept, LEVELS) if len(kept) else np.full(len(LEVELS), -math.inf)


def _slates(picks: Works, bodies: Codes, number: Codes) -> Bits:
    """Half or more of a ballot's works, and at least three, from one body."""
    most = np.zeros(len(picks), dtype=np.int32)
    padded = np.append(bodies, -1).astype(np.int32)
    for start in range(0, len(picks), SAMPLE):
        of = np.sort(padded[picks[start : start + SAMPLE]], axis=1)
        run = np.ones(len(of), dtype=np.int32)
        best = (of[:, 0] >= 0).astype(np.int32)
        for column in range(1, of.shape[1]):
            run = np.where(of[:, column] == of[:, column - 1], run + 1, 1)
            best = np.maximum(best, np.where(of[:, column] >= 0, run, 0))
        most[start : start + SAMPLE] = best
    return np.asarray((most >= 3) & (2 * most >= number))


def same_sets(contest: Contest, known: Scores) -> list[tuple[Ints, float]]:
    """Groups of ballots with the very same works, `set_ratio` times as many as the works' shares
    let expect, and how many that is. Slates of one body are left out."""
    picks = contest.columns.picks
    keys = set_keys(picks)
    order = np.argsort(keys, kind="stable")
    edges = np.nonzero(np.diff(keys[order]))[0] + 1
    starts = np.concatenate(([0], edges))
    counts = np.diff(np.append(starts, len(order)))
    found = []
    for start, count in zip(starts[counts >= 8], counts[counts >= 8], strict=True):
        row = order[start]
        size = int(known.number[row])
        if size < FEWEST or known.slates[row]:
            continue
        expected = len(picks) * math.exp(math.lgamma(size + 1) + float(known.sums[row]))
        if count > float(contest.rule.set_ratio) * max(expected, 0.5):
            found.append((np.sort(order[start : start + count]), expected))
    return found


def set_keys(picks: Works) -> Ints:
    """One number for each set of works; the same set has the same number."""
    keys = np.zeros(len(picks), dtype=np.uint64)
    for column in range(picks.shape[1]):
        keys = (keys ^ (picks[:, column].astype(np.int64) + 2).astype(np.uint64)) * np.uint64(
            0x9E3779B97F4A7C15
        )
        keys ^= keys >> np.uint64(29)
    return keys.view(np.int64)
