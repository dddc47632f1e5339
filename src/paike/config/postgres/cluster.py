"""Start, stop and mend the embedded PostgreSQL of one data folder.

Everything here may be killed at any moment and called again: the cluster is made in a temporary
folder and renamed, starting is repeated with back-off, and what a dead server left behind is
removed only when none of its processes lives.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg
from psycopg import sql

from paike.config.postgres import identity, programs, sockets, traces
from paike.config.postgres.identity import Identity
from paike.config.postgres.programs import Programs
from paike.config.refusal import refuse

DATABASE = "paike"
LONGEST_RECOVERY = 120.0
WAITS = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
SERVER_SETTINGS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "max_connections=200",
    "fsync=on",
    "full_page_writes=on",
    "synchronous_commit=on",
    "log_min_messages=warning",
)


def folder(data: Path) -> Path:
    """The folder of the database files inside the data folder."""
    return data / "postgres"


def start(data: Path) -> Path:
    """Start the server, making cluster and database first where needed; returns the socket folder.

    A server that already runs is left as it is. Raises Refusal when it can't be started.
    """
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(data):
        if running(data) and _becomes_ready(data):
            return sockets.folder(data)
        found, who = programs.locate(), identity.choose()
        _open_way(data, who, found)
        if not (folder(data) / "PG_VERSION").exists():
            _create(data, found, who)
        _check_version(data, found)
        socket = sockets.prepare(data, owner=who.owner)
        _start(data, found, who, socket)
        if not _becomes_ready(data):
            raise _not_started(data)
        _create_database(socket)
        return socket


def stop(data: Path) -> None:
    """Stop the server cleanly: running statements are ended, everything committed is on disk."""
    with _alone(data):
        if running(data):
            found, who = programs.locate(), identity.choose()
            _call(who, found.path("pg_ctl"), "-D", str(folder(data)), "-m", "fast", "-w", "stop")


def running(data: Path) -> bool:
    """Whether the server of this data folder is alive."""
    return traces.postmaster(folder(data)) is not None


def accepts(data: Path) -> bool:
    """Whether the server is alive and takes connections."""
    try:
        connect(sockets.folder(data)).close()
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def serving(data: Path) -> Iterator[Path]:
    """A running server for the length of a block; one that ran before goes on afterwards."""
    before = running(data)
    socket = start(data)
    try:
        yield socket
    finally:
        if not before:
            stop(data)


def connect(socket: Path, database: str = "postgres") -> psycopg.Connection:
    """A connection in autocommit mode, as the cluster's only user."""
    return psycopg.connect(host=str(socket), user="postgres", dbname=database, autocommit=True)


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Starting and stopping happen one at a time, whatever number of processes tries."""
    with (data / "postgres.lock").open("w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _open_way(data: Path, who: Identity, found: Programs) -> None:
    if who.owner:
        data.chmod(0o711)  # another user has to pass through, but may not look around
        log = data / "postgres.log"
        log.touch(mode=0o600)
        os.chown(log, *who.owner)
        identity.reach(who, [data, found.folder])


def _create(data: Path, found: Programs, who: Identity) -> None:
    for left in data.glob("postgres.new-*"):  # of a creation that was killed
        _remove(left)
    fresh = data / f"postgres.new-{os.getpid()}"
    fresh.mkdir(mode=0o700)
    if who.owner:
        os.chown(fresh, *who.owner)
    locale = ["--locale=C.UTF-8"]
    if found.major >= 17:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    _call(
        who, found.path("initdb"), "-D", str(fresh), "-A", "trust", "-U", "postgres",
        "-E", "UTF8", "--data-checksums", *locale,
    )  # fmt: skip
    fresh.rename(folder(data))


def _remove(folder: Path) -> None:
    """Its initdb may have outlived the process that was killed, and writes until its folder is gone."""
    for _ in range(50):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)


def _check_version(data: Path, found: Programs) -> None:
    made_by = (folder(data) / "PG_VERSION").read_text(encoding="ascii").strip()
    if made_by != str(found.major):
        raise refuse(
            f"数据目录由 PostgreSQL {made_by} 建立，而现在的程序是 {found.major}（{found.folder}）。"
            "请用原来的版本做 paike backup，再恢复到新的数据目录。",
            f"The data folder was made by PostgreSQL {made_by}, the programs in {found.folder} are "
            f"{found.major}. Run `paike backup` with the old version, restore into a new folder.",
        )


def _start(data: Path, found: Programs, who: Identity, socket: Path) -> None:
    options = " ".join(
        f"-c {setting}" for setting in (*SERVER_SETTINGS, f"unix_socket_directories={socket}")
    )
    command = [
        found.path("pg_ctl"), "-D", str(folder(data)), "-w", "-t", "60", "-s",
        "-l", str(data / "postgres.log"), "-o", options, "start",
    ]  # fmt: skip
    for wait in (*WAITS, None):
        _clear_stale(data, socket)
        try:
            _call(who, *command)
        except subprocess.CalledProcessError as fault:
            if running(data):
                return
            if wait is None:
                raise _not_started(data) from fault
            time.sleep(wait)
        else:
            return


def _clear_stale(data: Path, socket: Path) -> None:
    """Remove the pid file of a dead server.

    After `kill -9`, a container restart or a reboot the number in it may belong to any process, and
    PostgreSQL would refuse to start for ever. It protects against two servers on one folder, so it
    goes only when no process works in the cluster any more.
    """
    if not Path("/proc/self").exists():
        return
    if traces.wait_gone(folder(data), seconds=10):
        (folder(data) / "postmaster.pid").unlink(missing_ok=True)
        for name in (sockets.NAME, f"{sockets.NAME}.lock"):
            (socket / name).unlink(missing_ok=True)


def _becomes_ready(data: Path) -> bool:
    """Wait for a living server: after a kill it first repeats what its log holds, and takes no
    connection before. False when it dies instead: one that was killed just now may still have
    looked alive. Raises Refusal after LONGEST_RECOVERY."""
    limit = time.monotonic() + LONGEST_RECOVERY
    while not accepts(data):
        if not running(data):
            return False
        if time.monotonic() > limit:
            raise _not_started(data)
        time.sleep(0.1)
    return True


def _not_started(data: Path) -> Exception:
    log = data / "postgres.log"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    last = "\n".join(lines[-5:])
    return refuse(
        f"内置 PostgreSQL 无法启动。日志 {log} 的最后几行：\n{last}",
        f"The embedded PostgreSQL did not start. The end of its log {log} is shown above.",
    )


def _create_database(socket: Path) -> None:
    with connect(socket) as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone()
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _call(who: Identity, *command: str) -> None:
    _run([*who.prefix, *command])


def _run(command: Sequence[str]) -> None:
    # In a session of its own: Ctrl-C in the terminal reaches Paike, which then stops the server.
    environment = {**os.environ, "LC_ALL": "C", "PGDATA": ""}
    result = subprocess.run(  # noqa: S603 - PostgreSQL's programs, no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        check=False, start_new_session=True, env=environment, text=True, cwd="/",
    )  # fmt: skip
    if result.returncode:
        raise subprocess.CalledProcessError(result.returncode, command, stderr=result.stderr)
