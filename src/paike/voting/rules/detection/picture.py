"""What a look at a call looks like to a person: who got how many votes when, with whom, from where.
Works are numbers here, networks and links only “1, 2, 3 by size”: nothing leads back to anybody."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from paike.voting.rules.detection import crowds
from paike.voting.rules.detection.contest import Bits, Codes, Contest, Ints
from paike.voting.rules.detection.finding import Finding
from paike.voting.rules.detection.suspicion import Suspicion

COMPANY, SOURCES = 10, 8  # lines of a list
# Figures of findings that say how many votes a work has, or where it stands.
TOTALS = frozenset(
    {"usual", "times_usual", "times_expected", "vote_rank", "jury_rank", "repeated_gap", "times",
     "last_digits"}
)  # fmt: skip


def of(
    contest: Contest, findings: Sequence[Finding], suspicions: Sequence[Suspicion], numbers: Ints
) -> dict[str, Any]:
    """`numbers`: the number of every work by code."""
    suspect = np.zeros(len(contest.columns), dtype=np.bool_)
    for one in suspicions:
        suspect[one.rows] = True
    looked_at = {one.work for one in findings if one.work is not None}
    profile = crowds.rhythm(contest, crowds.HOUR)
    return {
        "ranking": _ranking(contest, suspect, numbers),
        "works": {
            str(int(numbers[work])): _timeline(contest, profile, work, suspect)
            | (_closely(contest, work, suspect, numbers) if work in looked_at else {})
            for work in range(contest.works)
        },
    }


def held_back(picture: dict[str, Any]) -> dict[str, Any]:
    """Of a picture, what may be seen while votes are secret: of works with findings how many ballots
    are suspect, when they came, and which shares of them from where. No votes, no ranks."""
    return {
        "ranking": [],
        "works": {
            number: {
                "suspect": work["suspect"],
                "suspect_hours": work["suspect_hours"],
                "hasty_suspect": work["hasty_suspect"],
            }
            | {kind: _suspects(work[kind], work["suspect"]) for kind in ("networks", "links")}
            for number, work in picture.get("works", {}).items()
            if "networks" in work and work["suspect"]
        },
    }


def _suspects(sources: Sequence[dict[str, Any]], suspect: int) -> list[dict[str, Any]]:
    found = sorted((one["suspect"] for one in sources if one["suspect"]), reverse=True)
    return [{"suspect": many, "share_suspect": round(many / suspect, 4)} for many in found]


def _ranking(contest: Contest, suspect: Bits, numbers: Ints) -> list[dict[str, int]]:
    """Votes and rank of every work, with the suspect ballots and without."""
    picks = contest.columns.picks
    kept = picks[~suspect]
    votes = np.bincount(picks[picks >= 0], minlength=contest.works)
    without = np.bincount(kept[kept >= 0], minlength=contest.works)
    before, after = _ranks(votes), _ranks(without)
    return [
        {
            "number": int(numbers[work]),
            "votes": int(votes[work]),
            "rank": before[work],
            "without": int(without[work]),
            "rank_without": after[work],
        }
        for work in np.argsort(-votes, kind="stable").tolist()
    ]


def _ranks(votes: Ints) -> list[int]:
    """Equal votes share the better rank."""
    return [1 + int((votes > mine).sum()) for mine in votes]


def _timeline(contest: Contest, profile: crowds.Rhythm, work: int, suspect: Bits) -> dict[str, Any]:
    rows = contest.rows_of(work)
    mine = rows[suspect[rows]]
    bins = (contest.columns.at[mine] // crowds.HOUR).astype(np.int64)
    return {
        "ballots": len(rows),
        "suspect": len(mine),
        "hours": profile.by_work[work].tolist(),
        "usual": [round(float(value)) for value in crowds.usual(profile, work)],
        "suspect_hours": np.bincount(bins, minlength=len(profile.all)).tolist(),
    }


def _closely(contest: Contest, work: int, suspect: Bits, numbers: Ints) -> dict[str, Any]:
    rows = contest.rows_of(work)
    mine = rows[suspect[rows]]
    return {
        "company": _company(contest, work, rows, mine, numbers),
        "networks": _sources(contest, contest.columns.network, rows, mine),
        "links": _sources(contest, contest.columns.referral, rows, mine),
        "hasty": round(float(contest.fresh[rows].mean()), 3) if len(rows) else 0.0,
        "hasty_suspect": round(float(contest.fresh[mine].mean()), 3) if len(mine) else 0.0,
        "hasty_all": round(float(contest.fresh.mean()), 3),
    }


def _company(
    contest: Contest, work: int, rows: Ints, mine: Ints, numbers: Ints
) -> list[dict[str, Any]]:
    """Which other works stand on the suspect ballots, and on the work's other ballots."""
    if not len(mine):
        return []
    others = np.setdiff1d(rows, mine)
    here, there = _shares(contest, mine), _shares(contest, others)
    order = [int(one) for one in np.argsort(-here, kind="stable") if one != work and here[one] > 0]
    return [
        {
            "number": int(numbers[one]),
            "share": round(float(here[one]), 3),
            "share_else": round(float(there[one]), 3),
        }
        for one in order[:COMPANY]
    ]


def _shares(contest: Contest, rows: Ints) -> "np.ndarray[Any, np.dtype[np.float64]]":
    picks = contest.columns.picks[rows]
    counts = np.bincount(picks[picks >= 0], minlength=contest.works)
    return counts / max(len(rows), 1)


def _sources(contest: Contest, codes: Codes, rows: Ints, mine: Ints) -> list[dict[str, Any]]:
    """The largest networks (or links) of a work's ballots: share here, share among all ballots."""
    size = int(codes.max(initial=0)) + 1
    here = np.bincount(codes[rows], minlength=size)
    suspects = np.bincount(codes[mine], minlength=size)
    everywhere = np.bincount(codes, minlength=size)
    order = [int(code) for code in np.argsort(-here, kind="stable") if code > 0 and here[code] > 1]
    return [
        {
            "ballots": int(here[code]),
            "share": round(float(here[code] / max(len(rows), 1)), 4),
            "share_all": round(float(everywhere[code] / len(codes)), 4),
            "suspect": int(suspects[code]),
        }
        for code in order[:SOURCES]
    ]
