"""D6, network share: one network stands for more than `network_ratio` times its usual share of a
work's ballots. A factory or a dormitory does that too: an address never decides anything alone."""

from collections.abc import Sequence

from paike.kernel.text import Text
from paike.voting.rules.detection import sources
from paike.voting.rules.detection.contest import Contest
from paike.voting.rules.detection.finding import Family, Finding

KEY = "network-share"
FAMILY = Family.GATHERING
NAME = Text("同一网络集中", "Network share")


def find(contest: Contest, so_far: Sequence[Finding]) -> list[Finding]:
    ratio = float(contest.rule.network_ratio)
    return sources.find(contest, contest.columns.network, key=KEY, ratio=ratio)
