"""`paike up`: everything on one machine, from an empty folder to an address that answers."""

import contextlib
import fcntl
import os
import socket
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from paike.config import data_folder, logs, options
from paike.config.postgres import cluster
from paike.config.refusal import refuse
from paike.config.supervisor import Child, Supervisor, command


class Guest(Protocol):
    """Something that uses the running installation, such as the demo."""

    def begin(self, supervisor: Supervisor, address: str) -> None:
        """Called once, when the address answers."""

    def look(self, supervisor: Supervisor) -> None:
        """Called several times a second after that."""


class Nobody:
    """No guest: the address is told and everything runs until it is stopped."""

    def begin(self, supervisor: Supervisor, address: str) -> None:
        """Tell the address."""
        tell(f"拍客已启动 / Paike is ready: {address}")
        logs_are(supervisor)

    def look(self, supervisor: Supervisor) -> None:
        """Nothing to look after."""


def run(arguments: Namespace) -> int:
    """Prepare what is missing, start everything, keep it alive, stop it cleanly."""
    if arguments.development:
        os.environ["PAIKE_DEVELOPMENT"] = "1"
    serve(arguments, Nobody(), on_terminal=arguments.development)
    return 0


def serve(arguments: Namespace, guest: Guest, *, on_terminal: bool = False) -> None:
    """The whole installation, for as long as nobody stops it. What web server and worker have to
    say goes to files, or to the terminal for somebody who develops."""
    port = arguments.port or _free_port(arguments.host)
    address = f"http://{_shown(arguments.host)}:{port}"
    os.environ.setdefault("PAIKE_URL", address)
    os.environ["PAIKE_INTAKE_URL"] = f"http://127.0.0.1:{_free_port('127.0.0.1')}"
    data = data_folder.prepare()
    with _only_one(data):
        _check_port(arguments.host, port)
        embedded = not options.read("PAIKE_DATABASE_URL")
        if embedded:
            cluster.start(data)
        try:
            _migrate()
            _check_ballot_logs()
            supervisor = Supervisor(
                children=_children(arguments, port, logged_in=None if on_terminal else data),
                data=data if embedded else None,
                say=tell,
            )
            _supervise(supervisor, guest, (arguments.host, port), address)
        finally:
            if embedded:
                cluster.stop(data)


def _children(arguments: Namespace, port: int, *, logged_in: Path | None) -> list[Child]:
    web = command(
        "web",
        "--host",
        arguments.host,
        "--port",
        str(port),
        "--processes",
        str(arguments.processes),
    )
    worker = command("worker", "--concurrency", str(arguments.concurrency))
    intake = command("intake", "--port", str(_intake_port()), "--behind-web")
    return [
        Child(name, words, log=logs.Log(logged_in, name) if logged_in else None)
        for name, words in (
            ("web", web),
            ("worker", worker),
            ("intake", intake),
            ("sequencer", command("sequencer")),
        )
    ]


def _supervise(supervisor: Supervisor, guest: Guest, place: tuple[str, int], address: str) -> None:
    begun = False

    def begin() -> None:
        nonlocal begun
        begun = True
        guest.begin(supervisor, address)

    supervisor.run(
        ready=lambda: _answers(*place),
        once_ready=begin,
        every_turn=lambda: guest.look(supervisor) if begun else None,
    )
    tell("已停止。 / Stopped.")


def _migrate() -> None:
    # In a process of its own: this one stays small and holds no connection.
    if subprocess.run(command("migrate"), check=False, stdout=subprocess.DEVNULL).returncode:  # noqa: S603
        raise refuse("数据库结构更新失败，见上。", "Migrating the database failed, see above.")


def _check_ballot_logs() -> None:
    """No page and no intake runs on a database that may have lost what was published."""
    if subprocess.run(command("log", "check"), check=False).returncode:  # noqa: S603
        raise refuse("选票日志核对未通过，见上。", "The ballot logs do not fit, see above.")


@contextlib.contextmanager
def _only_one(data: Path) -> Iterator[None]:
    with (data / "up.lock").open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise refuse(
                f"数据目录 {data} 已被另一个 paike up 使用（进程 {file.read().strip()}）。",
                f"Another `paike up` (process {_owner(data)}) already uses the data folder {data}.",
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _owner(data: Path) -> str:
    return (data / "up.lock").read_text(encoding="ascii").strip()


def _check_port(host: str, port: int) -> None:
    with socket.socket(_family(host)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise refuse(
                f"无法在 {host}:{port} 上监听（{fault.strerror}）。请用 --port 换一个端口。",
                f"Can't listen on {host}:{port} ({fault.strerror}). Choose another with --port.",
            ) from fault


def _intake_port() -> int:
    """The port of the intake that `serve` has chosen; the web process passes ballots on to it."""
    return urlsplit(options.read("PAIKE_INTAKE_URL")).port or 0


def _free_port(host: str) -> int:
    with socket.socket(_family(host)) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((_shown(host).strip("[]"), port), timeout=0.5):
            return True
    except OSError:
        return False


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _shown(host: str) -> str:
    """The host as people type it: an address that means "all" is reached through this machine."""
    if host in ("0.0.0.0", ""):  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def logs_are(supervisor: Supervisor) -> None:
    """Say where to look when something is not as it should be."""
    places = {str(child.log.path.parent) for child in supervisor.children if child.log}
    for place in places:
        tell(f"日志 / logs: {place}")


def tell(line: str) -> None:
    """Say something to the person at the terminal; standard output belongs to results."""
    print(line, file=sys.stderr, flush=True)
