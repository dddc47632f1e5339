"""Findings about where ballots come from: one for each work."""

from paike.voting.rules.detection import crowds
from paike.voting.rules.detection.contest import Codes, Contest
from paike.voting.rules.detection.finding import Family, Finding


def find(contest: Contest, codes: Codes, *, key: str, ratio: float) -> list[Finding]:
    """All sources that stand for too much of a work, together."""
    return [
        Finding(
            key,
            Family.GATHERING,
            crowd.work,
            crowd.rows,
            expected=crowd.usual,
            figures={
                "sources": crowd.sources,
                "ballots": len(crowd.rows),
                "usual": round(crowd.usual, 1),
            },
        )
        for crowd in crowds.from_sources(contest, codes, ratio=ratio, kind=key)
    ]
