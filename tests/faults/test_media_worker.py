"""A worker killed in the middle of making copies: another finishes the job, nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from paike.kernel import clock
from paike.media.actions import inspections
from paike.media.models import Inspection
from paike.media.queries import renditions
from tests.factories import media

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).parents[2]
PATIENCE = 90.0


def _worker() -> subprocess.Popen[bytes]:
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    return subprocess.Popen(
        [sys.executable, "-c", "import django; django.setup(); from paike.config import worker; worker.run(concurrency=1)"],
        env=os.environ
        | {
            "PAIKE_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "paike.config.settings",
            "PYTHONPATH": str(ROOT / "src"),
            "PAIKE_RENDITION_PRESET": "medium",
        },
    )  # fmt: skip


def _until(what: str, happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, f"{what} did not happen"
        time.sleep(0.1)


def _sandboxes() -> set[int]:
    found = set()
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"paike.media.adapters.sandbox.server" in entry.read_bytes():
                found.add(int(entry.parent.name))
        except OSError:
            continue
    return found


def test_a_killed_worker_costs_time_only() -> None:
    film = media.sealed_object(content=media.tiny_mp4(seconds=12, rate=25))
    before = _sandboxes()
    inspection = inspections.request(film=film, limits=media.film_rules(), now=clock.now())
    first = _worker()
    try:
        _until("the copies' progress", lambda: 0 < renditions.progress(film.pk) < 100)
    finally:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    _until("the end of the dead worker's sandbox", lambda: not _sandboxes() - before)
    assert not renditions.is_ready(film.pk)
    second = _worker()
    try:
        _until("the copies", lambda: renditions.is_ready(film.pk))
    finally:
        second.terminate()
        second.wait(timeout=30)
    assert Inspection.objects.get(pk=inspection.pk).outcome == "pass"
    assert renditions.of([film.pk])[film.pk]["film-576"].attempts == 2
