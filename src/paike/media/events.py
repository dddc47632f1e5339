"""What media tells the rooms above."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from paike.kernel.events import Event


@dataclass(frozen=True)
class InspectionFinished(Event):
    """A report was stored. `outcome`: pass, warn or refuse."""

    inspection_id: UUID
    outcome: str
    at: datetime


@dataclass(frozen=True)
class ExaminationFinished(Event):
    """The whole film was looked at and the report stored. `outcome`: pass or warn, with the gate's."""

    inspection_id: UUID
    outcome: str
    at: datetime


@dataclass(frozen=True)
class ConversionFinished(Event):
    """A film was converted, or could not be (`made`); its author may look."""

    conversion_id: UUID
    film_id: UUID
    made: bool
    at: datetime


@dataclass(frozen=True)
class RenditionsReady(Event):
    """Both films and the poster of this sealed object can be shown."""

    film_id: UUID
    at: datetime


@dataclass(frozen=True)
class FilmsResemble(Event):
    """Two films show the same."""

    likeness_id: UUID
    at: datetime
