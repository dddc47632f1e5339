"""D4, fresh and gone: less than `fresh_seconds` from the first sight of the page to the ballot, and
nothing watched. Many honest people do that, at every work about as many; so what counts is the share
among a gathering's surplus, and, within one work, among the ballots that choose blindly."""

from collections.abc import Sequence

import numpy as np

from paike.kernel.text import Text
from paike.voting.rules.detection import both, choices, traits
from paike.voting.rules.detection.contest import Contest, Ints
from paike.voting.rules.detection.finding import Family, Finding

KEY = "fresh-and-gone"
FAMILY = Family.CONDUCT
NAME = Text("即来即走", "Fresh and gone")
# Haste makes people choose blindly everywhere, so there is less room above the usual; fillers' own
# test keeps these ballots pure.
PURE_WHEN_BLIND = 0.25


def find(contest: Contest, so_far: Sequence[Finding]) -> list[Finding]:
    tagged: dict[int, list[Ints]] = {}
    figures: dict[int, dict[str, float | int | str]] = {}
    usual = usual_share(contest)
    least = max(float(contest.rule.excess_share), 2 * usual)
    for crowd in traits.gatherings(contest, so_far):
        share = traits.in_crowd(crowd, contest.fresh, usual_share=usual, least=least)
        if share is not None:
            tagged.setdefault(crowd.work, []).append(crowd.rows[contest.fresh[crowd.rows]])
            seen = figures.setdefault(crowd.work, {"usual_share": round(usual, 3)})
            seen["hasty_share"] = round(min(share, 1.0), 2)
            seen["surplus"] = max(round(crowd.surplus), int(seen.get("surplus", 0)))
    known = contest.once(choices.scores)
    if known is not None:
        _blind(contest, known, tagged, figures, usual)
    outside = ~contest.once(traits.houses)
    for work, rows in tagged.items():
        kept = _without_cleared(contest, work, rows, least)
        tagged[work] = [kept[outside[kept]]]
    for work, excess in contest.once(both.excesses).items():
        tagged.setdefault(work, []).append(excess.rows)
        seen = figures.setdefault(work, {"usual_share": round(usual, 3)})
        seen["both_times_usual"] = excess.times
    return [
        Finding(KEY, FAMILY, work, np.unique(np.concatenate(rows)), figures=figures[work])
        for work, rows in sorted(tagged.items())
        if sum(map(len, rows))
    ]


def _without_cleared(contest: Contest, work: int, rows: list[Ints], least: float) -> Ints:
    cleared = traits.cleared(contest, work, contest.fresh, least=least)
    return np.setdiff1d(np.concatenate(rows), cleared)


def usual_share(contest: Contest) -> float:
    """The median over works, so that one work's stuffing does not move it."""
    shares = [
        float(contest.fresh[rows].mean())
        for rows in (contest.rows_of(work) for work in range(contest.works))
        if len(rows) >= 50
    ]
    return float(np.median(shares)) if shares else 0.0


def _blind(
    contest: Contest,
    known: choices.Scores,
    tagged: dict[int, list[Ints]],
    figures: dict[int, dict[str, float | int | str]],
    usual: float,
) -> None:
    broad = len(choices.LEVELS) - 1
    size = len(contest.columns)
    odd, calm = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    everyone = [_hasty_when_blind(contest, known, level) for level in range(broad)]
    for work in range(contest.works):
        rows = contest.rows_of(work)
        calm[rows] = ~known.odd(rows, work, broad)
        for level in range(broad):
            odd[rows] = known.odd(rows, work, level)
            times = traits.together(
                contest,
                rows,
                contest.fresh,
                odd,
                elsewhere=max(everyone[level], usual),
                calm=calm,
                pure=PURE_WHEN_BLIND,
            )
            if times is not None:
                tagged.setdefault(work, []).append(rows[odd[rows] & contest.fresh[rows]])
                seen = figures.setdefault(work, {"usual_share": round(usual, 3)})
                seen["hasty_among_blind"] = round(times, 1)


def _hasty_when_blind(contest: Contest, known: choices.Scores, level: int) -> float:
    shares = []
    for work in range(contest.works):
        rows = contest.rows_of(work)
        blind = rows[known.odd(rows, work, level)]
        if len(blind) >= 30:
            shares.append(float(contest.fresh[blind].mean()))
    return float(np.median(shares)) if shares else 0.0
