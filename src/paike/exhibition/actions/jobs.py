"""The jobs of this room by name, so that actions can defer them without knowing the tasks.

Deferred through Django's connection: a job exists if and only if the transaction commits."""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

QUEUE = "exhibition"
BUILD = "exhibition.build"


def defer_build(package_id: UUID, *, campaign_id: UUID, wait: timedelta = timedelta(0)) -> None:
    """Build the package soon; never two of one call at the same time."""
    later = {"seconds": int(wait.total_seconds())} if wait else None
    app.configure_task(
        BUILD,
        allow_unknown=True,
        queue=QUEUE,
        lock=f"exhibition-{campaign_id}",
        schedule_in=later,
    ).defer(package_id=str(package_id))


def build_is_queued(package_id: UUID) -> bool:
    """Whether a job for this package waits or runs. Without one nobody would ever build it."""
    found = ProcrastinateJob.objects.filter(task_name=BUILD, status__in=("todo", "doing"))
    return found.filter(args={"package_id": str(package_id)}).exists()
