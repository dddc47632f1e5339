"""A worker killed in the middle of a film: another finishes the job, nothing is lost. The second one
knows of the first only what the database says, as it would on another host."""

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
from paike.media.actions import conversions, inspections
from paike.media.models import Conversion, Examination, Inspection
from paike.media.queries import renditions
from tests.corpus import films, making
from tests.factories import accounts, media, phone

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


def _killed_in_the_middle(what: str, begun: Callable[[], bool]) -> None:
    """Start a worker, and kill it once it has begun."""
    before = _sandboxes()
    worker = _worker()
    try:
        _until(what, begun)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    _until("the end of the dead worker's sandbox", lambda: not _sandboxes() - before)


def _done_by_another(what: str, done: Callable[[], bool]) -> None:
    worker = _worker()
    try:
        _until(what, done)
    finally:
        worker.terminate()
        worker.wait(timeout=30)


def test_a_full_inspection_is_done_by_another() -> None:
    content = making.film(films.good("tuning", "bunny")).read_bytes()
    film = media.sealed_object(content=content)
    inspections.request(film=film, limits=media.film_rules(), now=clock.now())

    def looking() -> bool:
        found = Examination.objects.first()
        return found is not None and found.started_at is not None and found.finished_at is None

    _killed_in_the_middle("the inspection's beginning", looking)
    assert Examination.objects.get().finished_at is None
    _done_by_another("the report", lambda: Examination.objects.get().finished_at is not None)
    found = Examination.objects.get()
    assert (found.attempts, found.progress, found.fault) == (2, 100, "")


def test_a_conversion_is_done_by_another() -> None:
    film = media.sealed_object(content=phone.film(seconds=12.0, rate=30))
    inspection = inspections.request(film=film, limits=media.film_rules(), now=clock.now())
    _done_by_another(
        "the refusal", lambda: Inspection.objects.get(pk=inspection.pk).outcome == "refuse"
    )
    inspection.refresh_from_db()
    conversions.request(inspection=inspection, by=accounts.account(), now=clock.now())

    def converting() -> bool:
        return 0 < Conversion.objects.get().progress < 100

    _killed_in_the_middle("the conversion's progress", converting)
    assert Conversion.objects.get().finished_at is None
    _done_by_another("the film", lambda: Conversion.objects.get().finished_at is not None)
    found = Conversion.objects.get()
    assert (found.attempts, found.progress, found.fault) == (2, 100, "")


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
