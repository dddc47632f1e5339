"""What a decision needs, and how long it may be taken back."""

from datetime import datetime, timedelta

from paike.kernel.text import Text
from paike.review.rules.refusals import Refusal

UNDO_WINDOW = timedelta(minutes=10)


class ReasonMissing(Refusal):
    """A return or a decline without a reason."""


def check_reason(outcome: str, reason: str) -> None:
    """Raises ReasonMissing: the entrant must be able to read what to fix, or why not."""
    if outcome == "accept" or reason.strip():
        return
    raise ReasonMissing(
        Text(
            zh="退回或不予通过时请写明原因，作者会看到这段话。",
            en="Give a reason for a return or a decline: the entrant will read it.",
        )
    )


def may_be_undone(decided_at: datetime, now: datetime) -> bool:
    """Whether a decision is young enough to be taken back by the one who made it."""
    return now - decided_at < UNDO_WINDOW
