"""Jobs and their workers: nothing that was committed is lost, nothing rolled back is run."""

import contextlib
import os
import signal
from pathlib import Path

import pytest

from paike.config.postgres import cluster, traces
from tests.faults.installation import Installation, wait

pytestmark = pytest.mark.faults
EXAMPLE = ("-m", "tests.faults.example_jobs")


def _defer(installation: Installation, task: str, *files: Path) -> None:
    """One job of this task for each file."""
    process = installation.start(*EXAMPLE, "defer", task, *map(str, files))
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0, output


def _states(installation: Installation, task: str) -> list[str]:
    with installation.connect() as connection:
        rows = connection.execute(
            "SELECT status::text FROM procrastinate_jobs WHERE task_name = %s", [task]
        )
        return [row[0] for row in rows]


def test_a_killed_workers_job_is_run_by_another(ready: Installation, tmp_path: Path) -> None:
    file = tmp_path / "lines"
    _defer(ready, "example.slow_once", file)
    first = ready.start(*EXAMPLE, "worker")
    wait(file.exists, seconds=30, what="the job has begun")
    os.killpg(first.pid, signal.SIGKILL)
    ready.start(*EXAMPLE, "worker")
    wait(lambda: "ended" in file.read_text(), seconds=40, what="another worker has run the job")
    wait(
        lambda: _states(ready, "example.slow_once") == ["succeeded"], seconds=10, what="it is done"
    )
    assert file.read_text().split() == ["begun", "begun", "ended"]


def test_what_a_failing_task_deferred_is_rolled_back_with_it(
    ready: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "lines"
    _defer(ready, "example.fails_after_deferring", file)
    ready.start(*EXAMPLE, "worker")
    wait(
        lambda: _states(ready, "example.fails_after_deferring") == ["failed"],
        seconds=40,
        what="it has failed visibly",
    )
    assert file.with_suffix(".tried").exists()
    assert _states(ready, "example.write") == []


def test_a_short_job_does_not_wait_behind_films(ready: Installation, tmp_path: Path) -> None:
    film, code = tmp_path / "film", tmp_path / "code"
    worker = ready.start(*EXAMPLE, "worker")
    _defer(ready, "example.film", film, film, film)
    wait(film.exists, seconds=30, what="a film is being worked on")
    _defer(ready, "example.slow_once", code)  # one of the two places for short jobs is taken, too
    wait(code.exists, seconds=20, what="a long message has begun")
    _defer(ready, "example.note", code)
    wait(lambda: "note" in code.read_text(), seconds=20, what="a code went out meanwhile")
    assert film.read_text().split() == ["film"]
    assert worker.poll() is None
    os.killpg(worker.pid, signal.SIGKILL)  # these films would never end


def test_everything_comes_back_after_the_database_was_killed(ready: Installation) -> None:
    up = ready.up()
    for pid in traces.processes(cluster.folder(ready.data)):
        with contextlib.suppress(ProcessLookupError):  # it followed its parent
            os.kill(pid, signal.SIGKILL)
    wait(lambda: cluster.accepts(ready.data), seconds=30, what="the database is back")
    wait(ready.answers, seconds=30, what="the web server answers")
    with ready.connect() as connection:
        connection.execute(
            "SELECT procrastinate_defer_periodic_job_v2('care', null, null, "
            "'worker.clear_old_jobs', 0, 'test', 1, '{\"timestamp\": 1}'::jsonb)"
        )
    wait(
        lambda: "succeeded" in _states(ready, "worker.clear_old_jobs"),
        seconds=60,
        what="a worker runs jobs again",
    )
    assert up.poll() is None
