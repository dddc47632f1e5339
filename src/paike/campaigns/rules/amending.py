"""What may still change in the rulebook of an open call."""

from datetime import datetime

from paike.campaigns.rules.differences import Difference
from paike.campaigns.rules.rulebook import Rulebook

NEVER = ("slug", "format", "timezone")  # addresses, readers and windows hang on them
NOT_ONCE_STATED = ("ballot",)  # the public log holds them from its first entry on
NOT_ONCE_VOTING = ("ballot", "jury", "blend", "ties", "ladder", "ladder_fills_shortlist", "caps")


def forbidden(
    before: Rulebook, changes: list[Difference], now: datetime, *, vote_stated: bool
) -> tuple[str, ...]:
    """The changed keys that may not change any more at `now`. `vote_stated`: the rules of the vote
    stand in the public log."""
    stated = NOT_ONCE_STATED if vote_stated else ()
    begun = NOT_ONCE_VOTING if voting_has_begun(before, now) else ()
    closed = {*NEVER, *stated, *begun}
    return tuple(one["key"] for one in changes if one["key"].split(".")[0].split(" ")[0] in closed)


def voting_has_begun(rulebook: Rulebook, now: datetime) -> bool:
    """Whether ballots may have been cast by `now`."""
    votes = any("vote" in stage.deeds for stage in rulebook.stages)
    return votes and now >= rulebook.ballot.opens


def extended(rulebook: Rulebook, stage_key: str, new_end: datetime) -> Rulebook:
    """The rulebook with one stage that ends at `new_end`, and with it the vote that ended with it."""
    stages, ballot = [], rulebook.ballot
    for stage in rulebook.stages:
        if stage.key == stage_key:
            if "vote" in stage.deeds and ballot.closes == stage.end:
                ballot = ballot.model_copy(update={"closes": new_end})
            stage = stage.model_copy(update={"end": new_end})
        stages.append(stage)
    return rulebook.model_copy(update={"stages": tuple(stages), "ballot": ballot})
