"""The log files of `paike up`."""

import subprocess
import sys
from pathlib import Path

from paike.config import logs, processes
from paike.config.supervisor import Child

TALK = "import sys; print('一', flush=True); print('two', file=sys.stderr); sys.exit(3)"


def _say(log: logs.Log, text: str) -> None:
    process = processes.start([sys.executable, "-c", f"print({text!r})"], listen=True)
    assert process.stdout
    log.follow(process.stdout)
    process.wait()


def test_output_and_errors_of_every_start_go_to_one_file(tmp_path: Path) -> None:
    log = logs.Log(tmp_path, "web")
    child = Child("web", [sys.executable, "-c", TALK], log=log)
    for now in (0.0, 100.0):
        assert child.care(now=now) is None
        assert child.process
        child.process.wait()
        told = child.care(now=now + 1)
        assert told
        assert "exit 3" in told
        assert str(log.path) in told
    log.close()
    assert log.path.read_text(encoding="utf-8").splitlines() == ["一", "two"] * 2
    assert log.path.parent.stat().st_mode & 0o077 == 0


def test_a_full_file_is_turned_over(tmp_path: Path) -> None:
    log = logs.Log(tmp_path, "worker", largest=100)
    for number in range(12):
        _say(log, f"{number:02}" + "x" * 60)
        log.close()
    names = sorted(path.name for path in logs.folder(tmp_path).iterdir())
    assert names == ["worker.log", *(f"worker.log.{number}" for number in (1, 2, 3, 4))]
    assert log.path.read_text(encoding="utf-8").startswith("11x")


def test_a_disk_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "web.log").symlink_to("/dev/full")
    log = logs.Log(tmp_path, "web", largest=0)
    for _ in range(2):
        _say(log, "nobody will read this")
    log.close()


def test_without_a_log_a_process_talks_to_the_terminal() -> None:
    code = (
        "from paike.config.supervisor import Child; import sys;"
        "child = Child('web', [sys.executable, '-c', 'print(5)']); child.care(now=0.0);"
        "child.process.wait()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "5"
