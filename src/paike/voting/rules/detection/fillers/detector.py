"""D2, fillers. Three looks at the other picks of a work's ballots: the very same set of works again
and again; a gathering whose surplus chooses blindly; and, within one work, ballots that are hasty
choosing blindly far more often than hasty ballots elsewhere do."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from paike.kernel.text import Text
from paike.voting.rules.detection import both, choices, traits
from paike.voting.rules.detection.contest import Bits, Contest, Ints
from paike.voting.rules.detection.finding import Family, Finding

KEY = "fillers"
FAMILY = Family.CHOICE
NAME = Text("陪选异常", "Odd fillers")
_Tagged = dict[int, list[Ints]]
_Figures = dict[int, dict[str, float | int | str]]
BROAD = len(choices.LEVELS) - 1  # the level at which a gathering is looked at


def find(contest: Contest, so_far: Sequence[Finding]) -> list[Finding]:
    known = contest.once(choices.scores)
    if known is None:
        return []
    tagged: _Tagged = {}
    figures: _Figures = {}
    sets = choices.same_sets(contest, known)
    _gatherings(contest, known, so_far, _accounted_for(contest, so_far, sets), tagged, figures)
    _hasty(contest, known, tagged, figures)
    outside = ~contest.once(traits.houses)
    for work, rows in tagged.items():
        kept = _without_cleared(contest, known, work, rows)
        tagged[work] = [kept[outside[kept]]]
    for work, excess in contest.once(both.excesses).items():
        _note(tagged, figures, work, excess.rows)["both_times_usual"] = excess.times
    _sets(contest, sets, tagged, figures)
    return [
        Finding(KEY, FAMILY, work, np.unique(np.concatenate(rows)), figures=figures[work])
        for work, rows in sorted(tagged.items())
        if sum(map(len, rows))
    ]


def _note(
    tagged: _Tagged, figures: _Figures, work: int, rows: Ints
) -> dict[str, float | int | str]:
    tagged.setdefault(work, []).append(rows)
    return figures.setdefault(work, {})


def _sets(
    contest: Contest, sets: list[tuple[Ints, float]], tagged: _Tagged, figures: _Figures
) -> None:
    for rows, expected in sets:
        for work in contest.columns.picks[rows[0]]:
            if work < 0:
                continue
            seen = _note(tagged, figures, int(work), rows)
            seen["same_sets"] = int(seen.get("same_sets", 0)) + 1
            seen["same_set_ballots"] = int(seen.get("same_set_ballots", 0)) + len(rows)
            seen["times_expected"] = round(
                max(float(seen.get("times_expected", 0)), len(rows) / max(expected, 0.5)), 1
            )


def _accounted_for(
    contest: Contest, so_far: Sequence[Finding], sets: list[tuple[Ints, float]]
) -> Bits:
    """Ballots that same sets and lockstep name one by one. A surplus that is made of them does not
    make others suspect who came in the same hour."""
    found = np.zeros(len(contest.columns), dtype=np.bool_)
    for rows, _ in sets:
        found[rows] = True
    for finding in so_far:
        if finding.family == Family.ACCOUNTS:
            found[finding.rows] = True
    return found


def _gatherings(
    contest: Contest,
    known: choices.Scores,
    so_far: Sequence[Finding],
    accounted: Bits,
    tagged: _Tagged,
    figures: _Figures,
) -> None:
    odd = np.zeros(len(contest.columns), dtype=np.bool_)
    least = float(contest.rule.excess_share)
    for whole in traits.gatherings(contest, so_far):
        crowd = replace(whole, rows=whole.rows[~accounted[whole.rows]])
        odd[crowd.rows] = known.odd(crowd.rows, crowd.work, BROAD)
        share = traits.in_crowd(crowd, odd, usual_share=choices.LEVELS[BROAD], least=least)
        if share is not None:
            seen = _note(tagged, figures, crowd.work, crowd.rows[odd[crowd.rows]])
            seen["surplus"] = max(round(crowd.surplus), int(seen.get("surplus", 0)))
            seen["blind_share"] = round(min(share, 1.0), 2)
            seen["usual_share"] = choices.LEVELS[BROAD]


def _without_cleared(contest: Contest, known: choices.Scores, work: int, rows: list[Ints]) -> Ints:
    odd = np.zeros(len(contest.columns), dtype=np.bool_)
    mine = contest.rows_of(work)
    odd[mine] = known.odd(mine, work, BROAD)
    least = float(contest.rule.excess_share)
    return np.setdiff1d(np.concatenate(rows), traits.cleared(contest, work, odd, least=least))


def _hasty(contest: Contest, known: choices.Scores, tagged: _Tagged, figures: _Figures) -> None:
    fresh = contest.fresh
    everyone = [_blind_when_hasty(contest, known, level) for level in range(BROAD)]
    odd = np.zeros(len(contest.columns), dtype=np.bool_)
    for work in range(contest.works):
        rows = contest.rows_of(work)
        for level in range(BROAD):
            odd[rows] = known.odd(rows, work, level)
            times = traits.together(
                contest, rows, odd, fresh, elsewhere=everyone[level], calm=~fresh
            )
            if times is not None:
                seen = _note(tagged, figures, work, rows[odd[rows] & fresh[rows]])
                seen["blind_among_hasty"] = round(times, 1)


def _blind_when_hasty(contest: Contest, known: choices.Scores, level: int) -> float:
    """The share of blind choosers among all hasty ballots, the median over works: one work's
    stuffing does not make it everybody's habit."""
    shares = []
    for work in range(contest.works):
        rows = contest.rows_of(work)
        hasty = rows[contest.fresh[rows]]
        if len(hasty) >= 50:
            shares.append(float(known.odd(hasty, work, level).mean()))
    return float(np.median(shares)) if shares else choices.LEVELS[level]
