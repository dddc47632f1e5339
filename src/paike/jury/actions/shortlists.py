"""What a change of the shortlist means for the panel."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.jury.actions import recusals, seats
from paike.jury.queries import panels


@transaction.atomic
def follow(*, campaign_id: UUID, now: datetime) -> None:
    """The shortlist was sealed or refilled: step bound jurors aside, and open sealed seats again
    for works they have not marked."""
    panel = panels.of_campaign(campaign_id)
    if panel is None or panel.closed_at is not None:
        return
    recusals.sweep(panel=panel, now=now)
    seats.reopen_for_new_work(panel=panel, now=now)
