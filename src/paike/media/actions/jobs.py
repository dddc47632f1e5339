"""The jobs of this room by name, so that actions can defer them without knowing the tasks.

Deferred through Django's connection: a job exists if and only if the transaction commits."""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app

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


def _schedule(wait: timedelta) -> dict[str, int] | None:
    return {"seconds": int(wait.total_seconds())} if wait else None
