"""D5, referral star: one link stands for more than `referral_ratio` times its usual share of a
work's ballots. A unit's poster does that too, so it is a gathering like any other."""

from collections.abc import Sequence

from paike.kernel.text import Text
from paike.voting.rules.detection import sources
from paike.voting.rules.detection.contest import Contest
from paike.voting.rules.detection.finding import Family, Finding

KEY = "referral-star"
FAMILY = Family.GATHERING
NAME = Text("单一来源链接", "Referral star")


def find(contest: Contest, so_far: Sequence[Finding]) -> list[Finding]:
    ratio = float(contest.rule.referral_ratio)
    return sources.find(contest, contest.columns.referral, key=KEY, ratio=ratio)
