"""What other rooms may hear about entries."""

from dataclasses import dataclass
from datetime import datetime
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
class EntryWithdrawn(Event):
    """The entrant took the work back: it leaves every list it stands on."""

    entry_id: UUID
    at: datetime


@dataclass(frozen=True)
class EntryDisqualified(Event):
    """The organiser took the work out: it leaves every list it stands on."""

    entry_id: UUID
    at: datetime
