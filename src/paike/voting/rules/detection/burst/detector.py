"""D1, burst: in ten minutes or an hour a work gets more than `burst_ratio` times its usual share of
all ballots, and a negative binomial with the swing of honest works would reach that with less than
`burst_tail`. Declared mobilisation windows explain it."""

from collections.abc import Sequence

import numpy as np

from paike.kernel.text import Text
from paike.voting.rules.detection import crowds, tails
from paike.voting.rules.detection.contest import Contest
from paike.voting.rules.detection.finding import Family, Finding

KEY = "burst"
FAMILY = Family.GATHERING
NAME = Text("突增", "Burst")


def find(contest: Contest, so_far: Sequence[Finding]) -> list[Finding]:
    """One finding a work, over all its bursts."""
    profiles = [crowds.rhythm(contest, width) for width in (crowds.TEN_MINUTES, crowds.HOUR)]
    found = (_of(contest, profiles, work) for work in range(contest.works))
    return [each for each in found if each is not None]


def _of(contest: Contest, profiles: list[crowds.Rhythm], work: int) -> Finding | None:
    rule = contest.rule
    rows = contest.rows_of(work)
    at = contest.columns.at[rows]
    hit = np.zeros(len(rows), dtype=np.bool_)
    bursts, expected, top = 0, 0.0, 0.0
    for profile in profiles:
        counts, means = profile.by_work[work], crowds.usual(profile, work)
        high = (counts >= crowds.LEAST) & (counts > float(rule.burst_ratio) * means)
        for bin_ in np.nonzero(high)[0]:
            count, mean = int(counts[bin_]), float(means[bin_])
            if tails.negative_binomial(count, mean, profile.spread) >= float(rule.burst_tail):
                continue
            first, last = np.searchsorted(at, (bin_ * profile.width, (bin_ + 1) * profile.width))
            if not hit[first:last].all():
                bursts, expected = bursts + 1, expected + mean
            hit[first:last] = True
            top = max(top, count / max(mean, 1.0))
    if not bursts:
        return None
    inside = contest.in_windows(work, rows) & hit
    return Finding(
        KEY,
        FAMILY,
        work,
        rows[hit & ~inside],
        expected=expected,
        explained=int(inside.sum()),
        figures={
            "bursts": bursts,
            "ballots": int(hit.sum()),
            "usual": round(expected),
            "times_usual": round(top, 1),
        },
    )
