"""Which ballots are quarantined: those that carry signals of enough different families, all about
the same work. One family alone never is enough, whatever its figures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paike.voting.rules.detection.contest import Contest, Ints
from paike.voting.rules.detection.finding import Family, Finding

_BITS: dict[Family, int] = {
    family: 1 << place for place, family in enumerate(Family) if family != Family.LOOK
}

NOTHING = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Suspicion:
    """Ballots of one work to be quarantined together, and the detectors that speak against them."""

    work: int
    rows: Ints
    detectors: tuple[str, ...]
    findings: tuple[Finding, ...]


def of(contest: Contest, findings: Sequence[Finding]) -> list[Suspicion]:
    """One suspicion a work at most, works ascending."""
    works = sorted({one.work for one in findings if one.work is not None and len(one.rows)})
    found = []
    marks = np.zeros(len(contest.columns), dtype=np.uint8)
    for work in works:
        mine = [one for one in findings if one.work == work and one.family in _BITS]
        for one in mine:
            marks[one.rows] |= _BITS[one.family]
        rows: Ints = np.unique(np.concatenate([one.rows for one in mine] or [NOTHING]))
        families = np.array([bits.bit_count() for bits in range(1 << len(_BITS))])
        suspects = rows[families[marks[rows]] >= contest.rule.families]
        marks[rows] = 0
        if len(suspects):
            speaking = [one for one in mine if np.isin(suspects, one.rows).any()]
            found.append(
                Suspicion(work, suspects, tuple(one.detector for one in speaking), tuple(speaking))
            )
    return found
