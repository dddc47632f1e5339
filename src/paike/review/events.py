"""What the review tells the rooms above it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from paike.kernel.events import Event


@dataclass(frozen=True)
class Decided(Event):
    """A unit accepted, returned or declined a version."""

    decision_id: UUID
    entry_id: UUID
    outcome: str
    at: datetime


@dataclass(frozen=True)
class ListSubmitted(Event):
    """A body submitted its recommendation list."""

    list_id: UUID
    at: datetime


@dataclass(frozen=True)
class ShortlistSealed(Event):
    """The shortlist stands: vote and jury may begin."""

    shortlist_id: UUID
    campaign_id: UUID
    at: datetime


@dataclass(frozen=True)
class ShortlistRefilled(Event):
    """A work left the sealed shortlist and another took its place."""

    shortlist_id: UUID
    left_entry_id: UUID
    entry_id: UUID
    at: datetime
