"""D8, the operator's own figures. Three checks that a count made by hand fails: the running count
must be the count of the ballots; votes must be what the grammar makes of that many ballots; and
neither the distances between neighbours in the ranking nor last digits may repeat as invented
figures do. (A constant vote per viewer gave the 2019 talent show away: equal gaps, again and again.)"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from paike.kernel.text import Text
from paike.voting.rules.detection import tails
from paike.voting.rules.detection.contest import Contest
from paike.voting.rules.detection.finding import Family, Finding

KEY = "arithmetic"
FAMILY = Family.LOOK
NAME = Text("计票自查", "Figures checked")
CHI_SQUARE_9 = 45.1  # 9 degrees of freedom, p = 1e-6 at 45.08
LEAST_DIGITS = 100  # works with four or more digits
LEAST_GAP = 50  # votes; small gaps repeat by nature


def find(contest: Contest, so_far: Sequence[Finding]) -> list[Finding]:
    picks = contest.columns.picks
    votes = np.bincount(picks[picks >= 0], minlength=contest.works)
    figures: dict[str, float | int | str] = {}
    if contest.claimed:
        wrong = [w for w in range(contest.works) if contest.claimed.get(w, 0) != int(votes[w])]
        if wrong:
            figures["works_miscounted"] = len(wrong)
    figures |= _gaps(list(contest.claimed.values()) or votes.tolist())
    figures |= _digits(list(contest.claimed.values()) or votes.tolist())
    if not figures:
        return []
    return [Finding(KEY, FAMILY, None, np.zeros(0, dtype=np.int64), figures=figures)]


def _gaps(totals: Sequence[int]) -> dict[str, float | int | str]:
    """The same distance between neighbours, more often than chance allows: `n` gaps spread over
    their own range would agree in a given value `n / range` times."""
    ordered = sorted(totals)
    gaps = [two - one for one, two in pairwise(ordered)]
    large = [gap for gap in gaps if gap >= LEAST_GAP]
    if len(large) < 10:
        return {}
    gap, times = Counter(large).most_common(1)[0]
    # Gaps are about exponential: the commonest large one has at most this share of them.
    mean = len(large) / (sum(large) / len(large))
    if times >= 4 and tails.poisson(times, mean) * len(large) < 1e-6:
        return {"repeated_gap": gap, "times": times}
    return {}


def _digits(totals: Sequence[int]) -> dict[str, float | int | str]:
    last = [total % 10 for total in totals if total >= 1_000]
    if len(last) < LEAST_DIGITS:
        return {}
    expected = len(last) / 10
    counts = Counter(last)
    statistic = sum((counts[digit] - expected) ** 2 / expected for digit in range(10))
    return {"last_digits": round(statistic, 1)} if statistic > CHI_SQUARE_9 else {}
