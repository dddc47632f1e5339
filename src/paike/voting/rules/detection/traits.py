"""Is a gathering more of the same, or something else? The share of a trait among the ballots that
came on top of the usual ones, and the same within one work, one trait against the other."""

import math
from collections.abc import Iterator, Sequence
from typing import SupportsFloat

import numpy as np

from paike.voting.rules.detection import choices, crowds, tails
from paike.voting.rules.detection.contest import Bits, Contest, Ints
from paike.voting.rules.detection.finding import Finding

SURE = 3.0  # standard errors between the share and its threshold
PURE = 0.5  # of the tagged ballots, at least so many on top of the usual
STRETCHES = (21_600, 43_200, 86_400)  # seconds: an evening, half a day, a day


def in_crowd(crowd: crowds.Crowd, trait: Bits, *, usual_share: float, least: float) -> float | None:
    """The trait's share among the surplus of a gathering, when it is surely above `least`; the
    usual ballots are taken to have it at `usual_share`."""
    surplus = crowd.surplus
    if surplus < crowds.LEAST:
        return None
    with_it = int(trait[crowd.rows].sum())
    usual_with_it = crowd.usual * usual_share
    share = (with_it - usual_with_it) / surplus
    if share <= least or with_it - usual_with_it < PURE * with_it:
        return None
    inner = min(max(share, 0.0), 1.0)
    swing = crowd.usual + crowd.spread * crowd.usual**2
    variance = (
        inner * (1 - inner) / surplus
        + (usual_share - inner) ** 2 * swing / surplus**2
        + usual_share * (1 - usual_share) * crowd.usual / surplus**2
    )
    return share if share - SURE * math.sqrt(variance) > least else None


def gatherings(contest: Contest, so_far: Sequence[Finding]) -> Iterator[crowds.Crowd]:
    """All gatherings: surges of time, sources, and groups of accounts."""
    yield from crowds.surges(contest)
    rule = contest.rule
    for codes, ratio, kind in (
        (contest.columns.network, rule.network_ratio, "network"),
        (contest.columns.referral, rule.referral_ratio, "referral"),
    ):
        yield from crowds.from_sources(contest, codes, ratio=float(ratio), kind=kind)
    for finding in so_far:
        if finding.family == "accounts" and finding.work is not None and len(finding.rows):
            yield crowds.Crowd(finding.work, finding.rows, 0.0, 0.0, "accounts")


def cleared(contest: Contest, work: int, trait: Bits, *, least: float) -> Ints:
    """Ballots of a work that a factory or a poster vouches for: a source of its own, large enough to
    be judged, whose people surely do not have the trait at `least`. What else goes on in the same
    hour is not theirs to answer for. (`trait` is read at the work's own rows only.)"""
    rule = contest.rule
    found = [np.zeros(0, dtype=np.int64)]
    for codes, ratio in (
        (contest.columns.network, rule.network_ratio),
        (contest.columns.referral, rule.referral_ratio),
    ):
        for rows in crowds.large_sources(contest, work, codes, ratio=float(ratio)):
            share = float(trait[rows].mean())
            if share + SURE * math.sqrt(share * (1 - share) / len(rows)) < least:
                found.append(rows)
    return np.unique(np.concatenate(found))


def houses(contest: Contest) -> Bits:
    """Ballots from a factory's or a poster's own network or link: it stands for too much of some
    work, is large enough to be judged, and its people, whatever they voted for, surely are not
    mostly in haste, and choose the other works as people do. That one of them also named a
    work that is stuffed meanwhile is no signal. What a script sends from one place is in haste, or
    says that it is not: its browser can lie about that, but not about what stands on the ballots."""
    rule = contest.rule
    found = np.zeros(len(contest.columns), dtype=np.bool_)
    for codes, ratio in (
        (contest.columns.network, rule.network_ratio),
        (contest.columns.referral, rule.referral_ratio),
    ):
        large: dict[int, bool] = {}
        for work in range(contest.works):
            for rows in crowds.large_sources(contest, work, codes, ratio=float(ratio)):
                code = int(codes[rows[0]])
                choosing = large.get(code, True) and _choose_as_people(contest, work, rows)
                large[code] = choosing
        everyone = np.bincount(codes)
        hasty = np.bincount(codes, weights=contest.fresh, minlength=len(everyone))
        calm = [
            code for code, choosing in large.items()
            if choosing
            and _surely_below(hasty[code] / everyone[code], int(everyone[code]), rule.excess_share)
        ]  # fmt: skip
        found |= np.isin(codes, calm)
    return found


def _choose_as_people(contest: Contest, work: int, rows: Ints) -> bool:
    """Whether a source's ballots for a work are not mostly blind, or one list again and again: of
    posters and factories not half are, of scripts two thirds. True where ballots name too few works
    to tell."""
    known = contest.once(choices.scores)
    if known is None:
        return True
    odd = known.odd(rows, work, len(choices.LEVELS) - 1) | contest.once(_repeated)[rows]
    return float(odd.mean()) < float(contest.rule.excess_share)


def _repeated(contest: Contest) -> Bits:
    """Ballots with the very same works as too many others."""
    found = np.zeros(len(contest.columns), dtype=np.bool_)
    known = contest.once(choices.scores)
    for rows, _ in choices.same_sets(contest, known) if known is not None else ():
        found[rows] = True
    return found


def _surely_below(share: float, number: int, least: SupportsFloat) -> bool:
    return bool(share + SURE * math.sqrt(share * (1 - share) / number) < float(least))


def stretches(contest: Contest, rows: Ints) -> Iterator[Ints]:
    """A work's ballots of every evening, half day and day, half overlapping. A few bought ballots are lost in a week; in the hours in which they were bought they are not."""
    at = contest.columns.at[rows]
    if not len(at):
        return
    for width in STRETCHES:
        for start in np.arange(0.0, float(at[-1]) + 1, width / 2):
            first, last = np.searchsorted(at, (start, start + width))
            if last - first >= 2 * crowds.LEAST:
                yield rows[first:last]


def together(
    contest: Contest,
    rows: Ints,
    one: Bits,
    other: Bits,
    *,
    elsewhere: float,
    calm: Bits,
    pure: float = PURE,
) -> float | None:
    """How many times as often as they should two traits meet on a work's ballots, when that is no
    accident and `pure` of them would not be here otherwise.

    What they should: the share of `one` among all other works' ballots that have `other`
    (`elsewhere`), or among this work's own ballots without a suspicion of `other` (`calm`),
    whichever is more. So a work whose voters are all hasty, or all have rare tastes, excuses itself.
    """
    having, quiet = rows[other[rows]], rows[calm[rows]]
    if len(having) < crowds.LEAST or len(quiet) < crowds.LEAST:
        return None
    share = max(elsewhere, float(one[quiet].mean()))
    count, mean = int(one[having].sum()), len(having) * share
    if count < crowds.LEAST or mean <= 0 or count - mean < pure * count:
        return None
    if tails.negative_binomial(count, mean, 0.02) >= float(contest.rule.burst_tail):
        return None
    return count / mean
