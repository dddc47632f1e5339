"""The jobs of this room: what has to be forgotten in time."""

from procrastinate.contrib.django import app

from paike.awards.actions import retention
from paike.campaigns.queries import campaigns
from paike.kernel import clock


@app.periodic(cron="50 3 * * *")
@app.task(name="awards.forget", queue="care", queueing_lock="awards.forget")
def forget(timestamp: int) -> None:
    """Every night: erase the personal details that are no longer needed, call by call."""
    for campaign in campaigns.opened():
        retention.erase(campaign_id=campaign.pk, now=clock.now())
