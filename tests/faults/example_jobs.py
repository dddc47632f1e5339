"""A worker process with five example tasks, started by test_worker: what a room's tasks.py does.

usage: python -m tests.faults.example_jobs worker | defer TASK FILE...
"""

import os
import sys
import time
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "paike.config.settings"
django.setup()

from django.db import transaction  # noqa: E402 - after the set-up
from procrastinate.contrib.django import app  # noqa: E402

from paike.config import worker  # noqa: E402


@app.task(name="example.write")
def write(*, file: str, line: str) -> None:
    """Write one line."""
    with Path(file).open("a", encoding="utf-8") as target:
        target.write(f"{line}\n")


@app.task(name="example.slow_once")
def slow_once(*, file: str) -> None:
    """Hangs the first time it runs, so that its worker can be killed; ends at once the second."""
    path = Path(file)
    first = not path.exists()
    write(file=file, line="begun")
    if first:
        time.sleep(600)
    write(file=file, line="ended")


@app.task(name="example.note", queue="messages")
def note(*, file: str) -> None:
    """Short, as a message is."""
    write(file=file, line="note")


@app.task(name="example.film", queue="media")
def film(*, file: str) -> None:
    """Keeps its place among the films for as long as the test lasts."""
    write(file=file, line="film")
    time.sleep(600)


@app.task(name="example.fails_after_deferring")
def fails_after_deferring(*, file: str) -> None:
    """What it defers belongs to its transaction, which is rolled back."""
    with transaction.atomic():
        write.defer(file=file, line="must never be written")
        write_later = Path(file).with_suffix(".tried")
        write_later.touch()
        raise RuntimeError("on purpose")


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        worker.run(concurrency=1)
    else:
        for path in sys.argv[3:]:
            app.tasks[sys.argv[2]].defer(file=path)
