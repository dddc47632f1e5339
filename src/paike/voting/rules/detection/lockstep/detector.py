"""D3, lockstep (after SynchroTrap, Cao et al. 2014): accounts linked in pairs that vote within
`lockstep_minutes` of each other in at least `lockstep_days` days, with at least `lockstep_overlap`
of their votes in common (Jaccard over work and day); a component of `lockstep_accounts` accounts.

Where ballots name one work only there is no other pick to agree in: colleagues at the end of a shift
look the same, so lockstep then counts as a gathering."""

from collections.abc import Sequence

import numpy as np

from paike.kernel.text import Text
from paike.voting.rules.detection.contest import Contest, Ints
from paike.voting.rules.detection.finding import Family, Finding
from paike.voting.rules.detection.lockstep import pairs

KEY = "lockstep"
FAMILY = Family.ACCOUNTS
NAME = Text("步调一致", "Lockstep")
WIDTH_WITH_COMPANY = 2


def find(contest: Contest, so_far: Sequence[Finding]) -> list[Finding]:
    linked = pairs.linked(contest)
    if not len(linked):
        return []
    by_work: dict[int, list[tuple[Ints, int]]] = {}
    for members in pairs.components(linked, least=contest.rule.lockstep_accounts):
        rows = np.nonzero(np.isin(contest.columns.voter, members))[0]
        for work in _targets(contest, rows):
            by_work.setdefault(work, []).append((rows, len(members)))
    company = contest.columns.picks.shape[1] >= WIDTH_WITH_COMPANY
    family = FAMILY if company else Family.GATHERING
    found = (_of(contest, work, groups, family) for work, groups in sorted(by_work.items()))
    return [one for one in found if len(one.rows) or one.explained]


def _targets(contest: Contest, rows: Ints) -> list[int]:
    """Works that half or more of a component's ballots name."""
    picks = contest.columns.picks[rows]
    counts = np.bincount(picks[picks >= 0], minlength=contest.works)
    return [int(work) for work in np.nonzero(2 * counts >= len(rows))[0]]


def _of(contest: Contest, work: int, groups: list[tuple[Ints, int]], family: Family) -> Finding:
    rows = np.unique(np.concatenate([rows for rows, _ in groups]))
    rows = rows[(contest.columns.picks[rows] == work).any(axis=1)]
    inside = contest.in_windows(work, rows)
    return Finding(
        KEY,
        family,
        work,
        rows[~inside],
        explained=int(inside.sum()),
        figures={
            "groups": len(groups),
            "accounts": sum(number for _, number in groups),
            "ballots": len(rows),
            "days": len(np.unique(contest.days[rows])),
        },
    )
