"""Deferred jobs in tests: look at them, or run them in this process."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from paike.kernel import clock


def waiting(task: str = "") -> list[ProcrastinateJob]:
    """Jobs that wait, oldest first; of one task when its name is given."""
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("id")
    return list(jobs.filter(task_name=task) if task else jobs)


def run(*tasks: str, now: datetime | None = None) -> int:
    """Run what waits for these tasks (all, when none is named) in this process and transaction,
    in order, with the clock at `now`; returns how many ran. A job that raises, raises here."""
    done: set[int] = set()
    with at(now):
        while todo := [job for job in _of(tasks) if job.id not in done]:
            for job in todo:
                done.add(job.id)
                arguments: dict[str, Any] = dict(job.args)
                app.tasks[job.task_name](**arguments)
    return len(done)


@contextmanager
def at(now: datetime | None) -> Iterator[None]:
    """Move the clock of this process to `now` for a while; None leaves it alone."""
    if now is None:
        yield
        return
    before = os.environ.get("PAIKE_CLOCK_FILE")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PAIKE_CLOCK_FILE"] = str(Path(folder) / "clock")
        clock.move_to(now)
        try:
            yield
        finally:
            os.environ.pop("PAIKE_CLOCK_FILE")
            if before is not None:
                os.environ["PAIKE_CLOCK_FILE"] = before


def _of(tasks: tuple[str, ...]) -> list[ProcrastinateJob]:
    return [job for job in waiting() if not tasks or job.task_name in tasks]
