"""What this room tells the rooms above."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from paike.kernel.events import Event


@dataclass(frozen=True)
class AccountClosed(Event):
    """A person closed the account: every room erases what it knows of them, in the same
    transaction. What others rely on stays without name or contact."""

    account_id: UUID
    at: datetime
