"""The jobs of this room by name, so that actions can defer them without knowing the tasks.

Deferred through Django's connection: a job exists if and only if the transaction commits."""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

QUEUE = "media"
INSPECT = "media.inspect"
RENDER = "media.render"


def defer_inspection(inspection_id: UUID, *, wait: timedelta = timedelta(0)) -> None:
    """Inspect this film soon. The gate goes before renditions: somebody is waiting for it."""
    app.configure_task(
        INSPECT, allow_unknown=True, queue=QUEUE, priority=10, schedule_in=_schedule(wait)
    ).defer(inspection_id=str(inspection_id))


def defer_renditions(film_id: UUID, *, wait: timedelta = timedelta(0)) -> None:
    """Make what is missing of the film's renditions soon; never twice at the same time."""
    app.configure_task(
        RENDER,
        allow_unknown=True,
        queue=QUEUE,
        lock=f"render-{film_id}",
        schedule_in=_schedule(wait),
    ).defer(film_id=str(film_id))


def inspection_is_queued(inspection_id: UUID) -> bool:
    """Whether a job for this inspection waits or runs. Without one nobody would ever look again."""
    return _is_queued(INSPECT, inspection_id=str(inspection_id))


def renditions_are_queued(film_id: UUID) -> bool:
    """Whether a job for this film's copies waits or runs."""
    return _is_queued(RENDER, film_id=str(film_id))


def _is_queued(task: str, **arguments: str) -> bool:
    jobs = ProcrastinateJob.objects.filter(task_name=task, status__in=("todo", "doing"))
    return jobs.filter(args=arguments).exists()


def _schedule(wait: timedelta) -> dict[str, int] | None:
    return {"seconds": int(wait.total_seconds())} if wait else None
