"""The ladder of sanctions, and when it may be climbed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from paike.campaigns.rules.rulebook import Sanction

ORGANISER = "主办方"  # in the log for somebody without a name


def step(ladder: Sequence[Sanction], offence: int) -> Sanction | None:
    """What falls on a work at its n-th offence: the ladder's step of that number, or the last one
    below it; None where the ladder begins later."""
    reached = [one for one in ladder if one.offence <= offence]
    return max(reached, key=lambda one: one.offence, default=None)


def until(sanction: Sanction, now: datetime) -> datetime | None:
    """When a pause ends; None for every other act."""
    if sanction.act != "pause-work":
        return None
    return now + timedelta(minutes=sanction.minutes or 0)


def signatures(first: str, second: str) -> list[str]:
    """Two people as the log names them: never nobody, and never twice the same, as whoever verifies
    the log wants two of them and sees nothing but names."""
    first, second = first.strip() or ORGANISER, second.strip() or ORGANISER
    return [first, second if second != first else f"{second}（2）"]


def may_void(*, answered: bool, answer_until: datetime | None, now: datetime) -> bool:
    """Nobody's ballots are void before the entrant was heard, or was asked and let the time pass.
    `answer_until`: None where nobody asked yet."""
    return answered or (answer_until is not None and now >= answer_until)
