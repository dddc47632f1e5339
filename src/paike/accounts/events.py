"""What this room tells the rooms above."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from paike.kernel.events import Event


@dataclass(frozen=True)
class AccountClosed(Event):
    """A person closed the account: what is known of them has to be erased, except where a running
    call still needs it; then when it ends."""

    account_id: UUID
    at: datetime
