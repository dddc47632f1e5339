"""The jobs of this room."""

import contextlib
from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from paike.kernel import clock
from paike.voting.actions import ballot_logs, detection_runs, inquiries, traces

EVERY_MINUTE = "* * * * *"
EVERY_NIGHT = "37 3 * * *"
SOON = 10  # before films that are looked through or copied: two people and a result wait for it


@app.periodic(cron=EVERY_MINUTE)
@app.task(
    name="voting.look_around", queue="care", queueing_lock="voting.look_around", priority=SOON
)
def look_around(timestamp: int) -> None:
    """Start the looks that are due, and ask entrants about what the last ones found."""
    now = clock.now()
    inquiries.ask_due(now=now)
    for campaign_id, slot, is_final in detection_runs.due(now=now):
        waits = f"detect {campaign_id} {slot.isoformat()}"
        # While a look goes on, one more may wait; it finds the work done.
        with contextlib.suppress(AlreadyEnqueued):
            detect.configure(
                lock=f"detect {campaign_id}", queueing_lock=waits, priority=SOON
            ).defer(campaign_id=str(campaign_id), slot=slot.isoformat(), is_final=is_final)


@app.task(name=detection_runs.TASK, queue=detection_runs.QUEUE)
def detect(*, campaign_id: str, slot: str, is_final: bool) -> None:
    """One look at all ballots of a call."""
    detection_runs.run(
        campaign_id=UUID(campaign_id),
        slot=datetime.fromisoformat(slot),
        is_final=is_final,
        now=clock.now(),
        then=clock.now,
    )


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="voting.empty_traces", queue="care", queueing_lock="voting.empty_traces")
def empty_traces(timestamp: int) -> None:
    """What detection looked at goes after half a year."""
    traces.empty_due(now=clock.now())


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="voting.destroy_secrets", queue="care", queueing_lock="voting.destroy_secrets")
def destroy_secrets(timestamp: int) -> None:
    """The secrets of votes go on their day, and their logs say so."""
    ballot_logs.destroy_due_secrets(now=clock.now())
