"""What other rooms may hear about entries."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from paike.kernel.events import Event


@dataclass(frozen=True)
class ReadyForReview(Event):
    """The gate let a version pass, perhaps with hints: the first unit may look at it."""

    entry_id: UUID
    version_id: UUID
    at: datetime


@dataclass(frozen=True)
class VersionRefused(Event):
    """The gate refused a version; its entrant may fix the film and submit again."""

    version_id: UUID
    at: datetime


@dataclass(frozen=True)
class EntryLeft(Event):
    """A work left the call: it leaves every list it stands on. `reason`: what was said, if anything."""

    how: ClassVar[str]  # one word, for records and the ballot log

    entry_id: UUID
    reason: str
    at: datetime


@dataclass(frozen=True)
class EntryWithdrawn(EntryLeft):
    """The entrant took the work back."""

    how: ClassVar[str] = "withdrawn"


@dataclass(frozen=True)
class EntryMerged(EntryLeft):
    """The same work stays under another number."""

    how: ClassVar[str] = "merged"

    into_id: UUID


@dataclass(frozen=True)
class EntryDisqualified(EntryLeft):
    """The organiser took the work out."""

    how: ClassVar[str] = "disqualified"
