"""A call's ballot log as files, as the sequencer's process makes them."""

from datetime import datetime
from pathlib import Path

from paike.campaigns.models import Campaign
from paike.voting.actions import sequencing
from paike.voting.adapters.publishing import Publisher


def published(call: Campaign, folder: Path, *, now: datetime) -> Path:
    """Give everything that waits its place and publish it below `folder`."""
    publisher = Publisher(folder, now=lambda: now)
    publisher.check()
    while added := sequencing.sequence(campaign_id=call.pk):
        publisher.add(added)
    publisher.reveal()
    publisher.close()
    return folder / call.slug
