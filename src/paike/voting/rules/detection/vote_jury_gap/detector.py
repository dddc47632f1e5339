"""D9, vote against jury: among the first `gap_votes` by votes and not above rank `gap_jury` for the
jury. Taste explains that as well as money does: it asks for a human look and tags no ballot."""

from collections.abc import Sequence

import numpy as np

from paike.kernel.text import Text
from paike.voting.rules.detection.contest import Contest
from paike.voting.rules.detection.finding import Family, Finding

KEY = "vote-jury-gap"
FAMILY = Family.LOOK
NAME = Text("票数与评审名次悬殊", "Vote and jury far apart")


def find(contest: Contest, so_far: Sequence[Finding]) -> list[Finding]:
    order = np.argsort(-contest.named, kind="stable")
    ranks = {int(work): rank for rank, work in enumerate(order, start=1)}
    return [
        Finding(
            KEY,
            FAMILY,
            work,
            np.zeros(0, dtype=np.int64),
            figures={"vote_rank": ranks[work], "jury_rank": jury},
        )
        for work, jury in sorted(contest.jury_ranks.items())
        if ranks[work] <= contest.rule.gap_votes and jury >= contest.rule.gap_jury
    ]
