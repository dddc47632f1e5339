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
class RenditionsReady(Event):
    """Both films and the poster of this sealed object can be shown."""

    film_id: UUID
    at: datetime
