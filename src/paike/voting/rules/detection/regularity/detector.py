"""D7, regularity: over `regular_ballots` gaps in a row the coefficient of variation of the time
between a work's ballots is below `regular_spread`. People come like raindrops (coefficient about 1);
fifty drops at the beat of a clock do not happen. Looked for in all of a work's ballots but those of a
house of its own (a factory's, a poster's), and in those of one network or one link."""

from collections.abc import Iterator, Sequence

import numpy as np

from paike.kernel.text import Text
from paike.voting.rules.detection import traits
from paike.voting.rules.detection.contest import Bits, Codes, Contest, Floats, Ints
from paike.voting.rules.detection.finding import Family, Finding

KEY = "regularity"
FAMILY = Family.CONDUCT
NAME = Text("间隔过于均匀", "Regularity")
NEAR = 0.5  # of the usual gap


def find(contest: Contest, so_far: Sequence[Finding]) -> list[Finding]:
    found = []
    for work in range(contest.works):
        tagged = [rows for rows in _streams(contest, work) if len(rows)]
        if tagged:
            rows = np.unique(np.concatenate(tagged))
            gaps = np.diff(contest.columns.at[tagged[0]])
            figures = {"streams": len(tagged), "median_gap_s": round(float(np.median(gaps)), 2)}
            found.append(Finding(KEY, FAMILY, work, rows, figures=figures))
    return found


def _streams(contest: Contest, work: int) -> Iterator[Ints]:
    rows = contest.rows_of(work)
    # Who comes out of a factory's gate falls in between the ballots of a clock.
    yield _regular(contest, rows[~contest.once(traits.houses)[rows]])
    for codes in (contest.columns.network, contest.columns.referral):
        for group in _groups(codes[rows], least=contest.rule.regular_ballots + 1):
            yield _regular(contest, rows[group])


def _groups(codes: Codes, *, least: int) -> Iterator[Ints]:
    """The positions of every code but 0 that occurs at least `least` times."""
    order = np.argsort(codes, kind="stable")
    starts = np.concatenate(([0], np.nonzero(np.diff(codes[order]))[0] + 1))
    counts = np.diff(np.append(starts, len(order)))
    for place in np.nonzero(counts >= least)[0]:
        group = order[starts[place] : starts[place] + counts[place]]
        if codes[group[0]] > 0:
            yield group


def _regular(contest: Contest, rows: Ints) -> Ints:
    """The rows in some stretch of enough gaps that vary too little."""
    number = contest.rule.regular_ballots
    gaps = np.diff(contest.columns.at[rows])
    if len(gaps) < number:
        return rows[:0]
    mean, square = _running(gaps, number), _running(gaps**2, number)
    variance = np.maximum(square - mean**2, 0)
    low = np.nonzero(variance < (float(contest.rule.regular_spread) * np.maximum(mean, 1e-9)) ** 2)[
        0
    ]
    hit = np.zeros(len(rows) + 1, dtype=np.int64)
    np.add.at(hit, low, 1)
    np.add.at(hit, low + number + 1, -1)
    inside = np.cumsum(hit[:-1]) > 0
    return rows[inside & _on_the_beat(gaps, inside)]


def _on_the_beat(gaps: Floats, inside: Bits) -> Bits:
    """Rows with the usual gap before and after them. Who merely came in between never has both."""
    if not inside.any():
        return inside
    beat = float(np.median(gaps[inside[1:] & inside[:-1]]))
    even = np.abs(gaps - beat) < NEAR * beat
    both = np.zeros(len(inside), dtype=np.bool_)
    both[1:-1] = even[1:] & even[:-1]
    return both


def _running(values: Floats, number: int) -> Floats:
    sums = np.concatenate(([0.0], np.cumsum(values)))
    return (sums[number:] - sums[:-number]) / number
