"""The jobs of this room by name, so that actions can defer them without knowing the tasks.

Deferred through Django's connection: a job exists if and only if the transaction commits."""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

QUEUE = "media"
INSPECT = "media.inspect"
EXAMINE = "media.examine"
RENDER = "media.render"
SIGN = "media.sign"
CONVERT = "media.convert"


def defer_inspection(inspection_id: UUID, *, wait: timedelta = timedelta(0)) -> None:
    """Inspect this film soon. The gate goes before renditions: somebody is waiting for it."""
    app.configure_task(
        INSPECT, allow_unknown=True, queue=QUEUE, priority=10, schedule_in=_schedule(wait)
    ).defer(inspection_id=str(inspection_id))


def defer_examination(inspection_id: UUID, *, wait: timedelta = timedelta(0)) -> None:
    """Look at the whole film soon: after every gate that waits, before the copies."""
    app.configure_task(
        EXAMINE,
        allow_unknown=True,
        queue=QUEUE,
        priority=5,
        lock=f"examine-{inspection_id}",
        schedule_in=_schedule(wait),
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


def defer_signature(film_id: UUID) -> None:
    """Take the film's signature and compare it with all others, when nothing else waits."""
    app.configure_task(
        SIGN, allow_unknown=True, queue=QUEUE, priority=-5, lock=f"sign-{film_id}"
    ).defer(film_id=str(film_id))


def defer_conversion(conversion_id: UUID, *, wait: timedelta = timedelta(0)) -> None:
    """Convert this film soon: after the gates, before the copies, as its author waits."""
    app.configure_task(
        CONVERT,
        allow_unknown=True,
        queue=QUEUE,
        priority=6,
        lock=f"convert-{conversion_id}",
        schedule_in=_schedule(wait),
    ).defer(conversion_id=str(conversion_id))


def conversion_is_queued(conversion_id: UUID) -> bool:
    """Whether a job for this conversion waits or runs."""
    return _is_queued(CONVERT, conversion_id=str(conversion_id))


def inspection_is_queued(inspection_id: UUID) -> bool:
    """Whether a job for this inspection waits or runs. Without one nobody would ever look again."""
    return _is_queued(INSPECT, inspection_id=str(inspection_id))


def examination_is_queued(inspection_id: UUID) -> bool:
    """Whether a job for this full inspection waits or runs."""
    return _is_queued(EXAMINE, inspection_id=str(inspection_id))


def renditions_are_queued(film_id: UUID) -> bool:
    """Whether a job for this film's copies waits or runs."""
    return _is_queued(RENDER, film_id=str(film_id))


def _is_queued(task: str, **arguments: str) -> bool:
    jobs = ProcrastinateJob.objects.filter(task_name=task, status__in=("todo", "doing"))
    return jobs.filter(args=arguments).exists()


def _schedule(wait: timedelta) -> dict[str, int] | None:
    return {"seconds": int(wait.total_seconds())} if wait else None
