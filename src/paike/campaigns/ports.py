"""What this room must ask of rooms above it, wired in `config/wiring.py`."""

from collections.abc import Callable
from uuid import UUID

# Whether the rules of this call's vote stand in its public log.
VoteStated = Callable[[UUID], bool]


def _no_vote(campaign_id: UUID) -> bool:
    return False


_vote_stated: VoteStated = _no_vote


def connect_vote(stated: VoteStated) -> None:
    """Say who knows the public log."""
    global _vote_stated
    _vote_stated = stated


def is_vote_stated(campaign_id: UUID) -> bool:
    return _vote_stated(campaign_id)
