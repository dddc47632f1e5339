"""What entries must ask of rooms above them, wired in `config/wiring.py`."""

from collections.abc import Callable
from uuid import UUID

# Whether the organiser has sealed this entry into the shortlist.
Shortlisted = Callable[[UUID], bool]


def _nobody(entry_id: UUID) -> bool:
    return False


_shortlisted: Shortlisted = _nobody


def connect_shortlist(shortlisted: Shortlisted) -> None:
    """Say who knows the shortlist."""
    global _shortlisted
    _shortlisted = shortlisted


def is_shortlisted(entry_id: UUID) -> bool:
    return _shortlisted(entry_id)
