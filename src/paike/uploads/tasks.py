"""The jobs of this room."""

from procrastinate.contrib.django import app

from paike.kernel import clock
from paike.uploads.actions import cleaning

EVERY_MINUTE = "* * * * *"
EVERY_HOUR = "17 * * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="uploads.finish_whole", queueing_lock="uploads.finish_whole")
def finish_whole(timestamp: int) -> None:
    """Seal uploads that a crash left whole but unsealed."""
    cleaning.finish_whole(now=clock.now())


@app.periodic(cron=EVERY_HOUR)
@app.task(name="uploads.remove_abandoned", queueing_lock="uploads.remove_abandoned")
def remove_abandoned(timestamp: int) -> None:
    """Remove what nobody will finish."""
    cleaning.remove_abandoned(now=clock.now())
