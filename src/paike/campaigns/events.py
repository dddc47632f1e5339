"""What happens to a call that upper rooms want to hear of."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from paike.kernel.events import Event


@dataclass(frozen=True)
class CampaignOpened(Event):
    """A call opened; its rulebook is frozen."""

    campaign_id: UUID
    at: datetime


@dataclass(frozen=True)
class RulebookAmended(Event):
    """An open call's rulebook changed in public; `keys` are the changed ones."""

    campaign_id: UUID
    number: int
    keys: tuple[str, ...]
    at: datetime
