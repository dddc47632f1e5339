"""Gatherings: more ballots for a work than usual at one time, from one network, by one link.

A gathering by itself is what an honest unit looks like that puts a poster up at the shift's end.
It says where to look; what the ballots on top of the usual ones are like says the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from paike.voting.rules.detection import tails
from paike.voting.rules.detection.contest import Codes, Contest, Floats, Ints

TEN_MINUTES, HOUR, SIX_HOURS = 600, 3_600, 21_600
LEAST = 20  # ballots; fewer are nothing that a court would look at
FEW = 5  # ballots of one source among several
JUDGED = 30  # ballots of one source that show what its people are like
CLIP = 3.0  # hours with more than so many times the mean share say nothing about the usual one
STANDARD_ERRORS = 5.0


@dataclass(frozen=True)
class Crowd:
    """Ballots of one work that came together. `usual`: how many of them would be here anyway;
    `spread`: the relative variance of that figure."""

    work: int
    rows: Ints
    usual: float
    spread: float
    kind: str
    sources: int = 1

    @property
    def surplus(self) -> float:
        return len(self.rows) - self.usual


@dataclass(frozen=True)
class Rhythm:
    """The counts of one width of time: all ballots by bin, and for each work its share and how
    much honest shares swing."""

    width: int
    all: Ints
    by_work: list[Ints]
    odds: Floats
    spread: float


def rhythm(contest: Contest, width: int) -> Rhythm:
    """The running profile of every work in bins of `width` seconds."""
    bins = (contest.columns.at // width).astype(np.int64)
    last = int(bins.max(initial=0)) + 1
    everything = np.bincount(bins, minlength=last)
    by_work = [
        np.bincount(bins[contest.rows_of(work)], minlength=last) for work in range(contest.works)
    ]
    odds = np.array([_odds(counts, everything) for counts in by_work])
    return Rhythm(width, everything, by_work, odds, _spread(by_work, everything, odds))


def usual(profile: Rhythm, work: int) -> Floats:
    """The ballots a work would have in each bin by its usual odds against all others. Its own
    surplus does not count as everybody's, so a flood does not excuse itself."""
    others: Ints = profile.all - profile.by_work[work]
    return np.asarray(float(profile.odds[work]) * others)


def surges(contest: Contest) -> Iterator[Crowd]:
    """Every stretch of time in which a work has significantly more than usual, however little."""
    for width in (TEN_MINUTES, HOUR, SIX_HOURS):
        profile = rhythm(contest, width)
        for work in range(contest.works):
            counts, means = profile.by_work[work], usual(profile, work)
            error = np.sqrt(means + profile.spread * means**2) + 1
            high = np.nonzero((counts - means > STANDARD_ERRORS * error) & (counts >= LEAST))[0]
            if not len(high):
                continue
            rows = contest.rows_of(work)
            bins = contest.columns.at[rows] // width
            for bin_ in high:
                inside = rows[np.searchsorted(bins, bin_) : np.searchsorted(bins, bin_, "right")]
                yield Crowd(work, inside, float(means[bin_]), profile.spread, "time")


def from_sources(contest: Contest, codes: Codes, *, ratio: float, kind: str) -> Iterator[Crowd]:
    """Works for which networks (or links) stand for more than `ratio` times their usual share,
    which is their share of the ballots that do not name the work; all of a work's together."""
    total = np.bincount(codes)
    ballots = len(codes)
    level = float(contest.rule.burst_tail)
    for work in range(contest.works):
        rows = contest.rows_of(work)
        mine = codes[rows]
        counts = np.bincount(mine, minlength=len(total))
        others = max(ballots - len(rows), 1)
        # One more than there are, so that a source nobody else came by has a share at all.
        means = len(rows) * (total - counts + 1) / (others + 1)
        high = np.nonzero((counts >= FEW) & (counts > ratio * means))[0]
        found = [
            int(code)
            for code in high[high > 0]
            if tails.poisson(int(counts[code]), float(means[code])) < level
        ]
        if found and counts[found].sum() >= LEAST:
            inside = np.isin(mine, found)
            yield Crowd(work, rows[inside], float(means[found].sum()), 0.05, kind, len(found))


def large_sources(contest: Contest, work: int, codes: Codes, *, ratio: float) -> Iterator[Ints]:
    """The rows of each single source that stands for too much of a work and is large enough to be
    judged by itself: a factory, a unit's poster."""
    rows = contest.rows_of(work)
    mine = codes[rows]
    counts = np.bincount(mine, minlength=int(codes.max(initial=0)) + 1)
    total = np.bincount(codes, minlength=len(counts))
    means = len(rows) * (total - counts + 1) / (max(len(codes) - len(rows), 1) + 1)
    for code in np.nonzero((counts >= JUDGED) & (counts > ratio * means))[0]:
        if code > 0:
            yield rows[mine == code]


def _odds(counts: Ints, everything: Ints) -> float:
    """Ballots with the work to ballots without it, hours of a flood left out."""
    kept = everything > 0
    odds = 0.0
    for _ in range(6):
        others = int((everything[kept] - counts[kept]).sum())
        odds = counts[kept].sum() / others if others else 0.0
        shares = counts / np.maximum(everything - counts, 1)
        kept = (everything > 0) & (shares <= CLIP * odds + 3 / np.maximum(everything, 1))
    return float(odds)


def _spread(by_work: list[Ints], everything: Ints, odds: Floats) -> float:
    """How much honest counts swing beyond Poisson: the method of moments over all works, without
    the highest twentieth, which may be what we look for."""
    found = []
    for work, counts in enumerate(by_work):
        means = odds[work] * (everything - counts)
        steady = means >= 5
        found.append(((counts - means) ** 2 - means)[steady] / means[steady] ** 2)
    values = np.concatenate(found) if found else np.zeros(0)
    if len(values) < 20:
        return 0.05
    return float(max(np.sort(values)[: int(len(values) * 0.95)].mean(), 0.005))


__all__ = [
    "HOUR",
    "LEAST",
    "TEN_MINUTES",
    "Crowd",
    "from_sources",
    "large_sources",
    "rhythm",
    "surges",
    "usual",
]
