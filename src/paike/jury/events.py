"""What others may hear of the jury room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from paike.kernel.events import Event


@dataclass(frozen=True)
class PileCommitted(Event):
    """A juror's pile can't change any more without being found: its hash is `digest`."""

    campaign_id: UUID
    seat: int
    digest: str
    at: datetime
