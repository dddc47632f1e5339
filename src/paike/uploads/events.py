"""What other rooms may hear about uploads."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from paike.kernel.events import Event


@dataclass(frozen=True)
class Sealed(Event):
    """An upload is whole, hashed and stored. `purpose` says what it is for ("film"), `subject_id`
    for which thing (the entry)."""

    upload_id: UUID
    film_id: UUID
    purpose: str
    subject_id: UUID
    owner_id: UUID
    at: datetime
