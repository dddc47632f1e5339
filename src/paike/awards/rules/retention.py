"""When the personal details of works that won nothing are no longer needed.

The law on personal information (PIPL, article 19) keeps them for the shortest time the purpose
needs: until nobody may object to the result any more, and a quarter beyond for whoever asks late.
The notice names no period of objection; a week is ours.
"""

from datetime import datetime, timedelta

OBJECTIONS = timedelta(days=7)  # the result is on public notice for so long
KEPT_AFTER = timedelta(days=90)  # after the public notice


def due(*, published_at: datetime | None, call_ends: datetime) -> datetime:
    """The moment from which they are erased. `published_at`: of the result; without one, the call
    came to nothing at its last day, `call_ends`."""
    if published_at is None:
        return call_ends + KEPT_AFTER
    return published_at + OBJECTIONS + KEPT_AFTER
