"""Where an entry stands on its own part of the road: from the draft to the gate and back.

What happens after the gate (units, lists, shortlist) belongs to `review`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from paike.campaigns.rules import stages
from paike.campaigns.rules.rulebook import Rulebook


class Standing(Enum):
    """One value per entry, derived from its rows."""

    DRAFT = "draft"  # never submitted
    INSPECTING = "inspecting"  # submitted, the gate is still looking
    REFUSED = "refused"  # the gate refused the latest version
    CLEARED = "cleared"  # the latest version is with the units
    REOPENED = "reopened"  # a unit gave the latest version back
    WITHDRAWN = "withdrawn"
    DISQUALIFIED = "disqualified"
    MERGED = "merged"  # the same work stays under another number


EDITABLE = frozenset({Standing.DRAFT, Standing.REFUSED, Standing.REOPENED})
OUT = frozenset({Standing.WITHDRAWN, Standing.DISQUALIFIED, Standing.MERGED})


@dataclass(frozen=True)
class Facts:
    """What the rows say about an entry; the last three about its latest version."""

    withdrawn: bool = False
    disqualified: bool = False
    merged: bool = False
    submitted: bool = False
    cleared: bool = False
    refused: bool = False
    reopened: bool = False


def of(facts: Facts) -> Standing:
    """The standing that follows from the facts; leaving the call outweighs everything else."""
    order = (
        (facts.disqualified, Standing.DISQUALIFIED),
        (facts.merged, Standing.MERGED),
        (facts.withdrawn, Standing.WITHDRAWN),
        (not facts.submitted, Standing.DRAFT),
        (facts.reopened, Standing.REOPENED),
        (facts.refused, Standing.REFUSED),
        (facts.cleared, Standing.CLEARED),
    )
    return next((standing for holds, standing in order if holds), Standing.INSPECTING)


def takes_submission(rulebook: Rulebook, standing: Standing, now: datetime) -> bool:
    """Whether the call still takes this entry. What a unit gave back may come again for as long
    as units review, so that a return on the last evening is not a refusal."""
    if stages.allows(rulebook, "submit", now):
        return True
    return standing is Standing.REOPENED and stages.allows(rulebook, "review", now)
