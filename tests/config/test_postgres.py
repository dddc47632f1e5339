"""The embedded PostgreSQL, started, killed and started again for real."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from paike.config.postgres import cluster, identity, programs, sockets, traces
from paike.config.refusal import Refusal

pytestmark = pytest.mark.faults


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    yield folder
    if folder.exists():
        cluster.stop(folder)


def _write(socket: Path, text: str) -> None:
    with cluster.connect(socket, cluster.DATABASE) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (line text)")
        connection.execute("INSERT INTO note VALUES (%s)", [text])


def _read(socket: Path) -> list[str]:
    with cluster.connect(socket, cluster.DATABASE) as connection:
        return [row[0] for row in connection.execute("SELECT line FROM note ORDER BY line")]


def test_safe_settings_and_nobody_else_can_enter(data: Path) -> None:
    socket = cluster.start(data)
    with cluster.connect(socket) as connection:
        for setting in ("fsync", "data_checksums", "full_page_writes", "synchronous_commit"):
            assert connection.execute(f"SHOW {setting}").fetchone() == ("on",), setting
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    for folder in (data, socket, cluster.folder(data)):
        assert folder.stat().st_mode & 0o077 == 0, folder


def test_stops_and_keeps_what_was_written(data: Path) -> None:
    _write(cluster.start(data), "一")
    cluster.stop(data)
    assert not cluster.running(data)
    cluster.stop(data)  # twice is no fault
    assert _read(cluster.start(data)) == ["一"]


@pytest.mark.parametrize("everything", [False, True], ids=["postmaster", "all its processes"])
def test_kill_9_loses_nothing_committed(data: Path, everything: bool) -> None:
    _write(cluster.start(data), "一")
    postmaster = traces.postmaster(cluster.folder(data))
    assert postmaster
    for pid in traces.processes(cluster.folder(data)) if everything else [postmaster]:
        with contextlib.suppress(ProcessLookupError):  # it followed its postmaster
            os.kill(pid, signal.SIGKILL)
    assert _read(cluster.start(data)) == ["一"]


def test_a_server_that_dies_while_somebody_waits_for_it_is_started_again(data: Path) -> None:
    """As after a kill on a busy machine: it still looks alive, and never answers again."""
    _write(cluster.start(data), "一")
    postmaster = traces.postmaster(cluster.folder(data))
    assert postmaster
    os.kill(postmaster, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as other:
        started = other.submit(cluster.start, data)
        time.sleep(1)
        assert not started.done()
        for pid in traces.processes(cluster.folder(data)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert _read(started.result(timeout=60)) == ["一"]


def test_stale_pid_file_that_names_a_living_stranger(data: Path) -> None:
    """After a restart of a container the number may belong to anybody: here to ourselves."""
    _write(cluster.start(data), "一")
    pid_file = cluster.folder(data) / "postmaster.pid"
    body = pid_file.read_text().split("\n")
    for pid in traces.processes(cluster.folder(data)):
        with contextlib.suppress(ProcessLookupError):  # it followed its postmaster
            os.kill(pid, signal.SIGKILL)
    assert traces.wait_gone(cluster.folder(data), seconds=10)
    pid_file.write_text("\n".join([str(os.getpid()), *body[1:]]))
    assert not cluster.running(data)
    assert _read(cluster.start(data)) == ["一"]


def test_killed_while_it_was_made_leaves_nothing_half_made(data: Path) -> None:
    code = f"from pathlib import Path; from paike.config.postgres import cluster; cluster.start(Path({str(data)!r}))"
    process = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    while not list(data.glob("postgres.new-*")):
        assert process.poll() is None, "it was made before it could be killed"
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not cluster.folder(data).exists()
    cluster.start(data)
    assert not list(data.glob("postgres.new-*"))


def test_a_second_start_finds_the_running_server(data: Path) -> None:
    first, postmaster = cluster.start(data), traces.postmaster(cluster.folder(data))
    assert cluster.start(data) == first
    assert traces.postmaster(cluster.folder(data)) == postmaster


def test_a_deep_data_folder_gets_a_short_socket(tmp_path: Path) -> None:
    data = tmp_path / ("很深的目录" * 8)
    socket = cluster.start(data)
    try:
        assert len(os.fsencode(socket / sockets.NAME)) <= sockets.LONGEST
        assert socket == sockets.folder(data)
        assert socket.stat().st_mode & 0o077 == 0
        _write(socket, "一")
    finally:
        cluster.stop(data)
    shutil.rmtree(socket)  # as a cleaner of temporary files would
    try:
        assert _read(cluster.start(data)) == ["一"]
    finally:
        cluster.stop(data)


def test_data_of_another_major_version_is_refused(data: Path) -> None:
    cluster.start(data)
    cluster.stop(data)
    (cluster.folder(data) / "PG_VERSION").write_text("12\n")
    with pytest.raises(Refusal, match="PostgreSQL 12"):
        cluster.start(data)


@pytest.mark.skipif(not programs.of_debian(), reason="Debian's PostgreSQL is not installed")
def test_debians_programs_work_too(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = programs.of_debian()[0]
    monkeypatch.setenv("PAIKE_POSTGRES_BIN", str(folder))
    _write(cluster.start(data), "一")
    with cluster.connect(sockets.folder(data)) as connection:
        assert connection.execute("SHOW data_checksums").fetchone() == ("on",)
        version = connection.info.server_version // 10000
    assert str(version) == folder.parent.name


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")
def test_root_without_namespaces_becomes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder and with programs that nobody can reach."""
    monkeypatch.setattr(identity, "namespace", lambda: None)
    if not programs.of_debian():
        pytest.skip("Debian's PostgreSQL is not installed")
    monkeypatch.setenv("PAIKE_POSTGRES_BIN", str(programs.of_debian()[0]))
    data = Path(f"/var/tmp/paike-nobody-{os.getpid()}")  # noqa: S108 - nobody must reach it
    try:
        _write(cluster.start(data), "一")
        assert cluster.folder(data).stat().st_uid == identity.choose().owner[0]  # type: ignore[index]
        assert data.stat().st_mode & 0o066 == 0
        cluster.stop(data)
        assert _read(cluster.start(data)) == ["一"]
    finally:
        cluster.stop(data)
        subprocess.run(["rm", "-rf", str(data)], check=True)


def test_no_programs_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAIKE_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(Refusal, match="PAIKE_POSTGRES_BIN"):
        programs.locate()
