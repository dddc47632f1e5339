"""A real installation in a folder of its own: its PostgreSQL and the three servers."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.vote.polling import Call

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@dataclass
class Installation:
    """`data` is the data folder; `processes` what was started."""

    data: Path
    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def start(self, *command: str) -> int:
        """Start one of our processes; returns its id."""
        self.processes.append(subprocess.Popen([sys.executable, *command], cwd=ROOT))
        return self.processes[-1].pid

    def postmaster(self) -> int:
        """The id of the database's first process."""
        (file,) = self.data.rglob("postmaster.pid")
        return int(file.read_text().split()[0])


@dataclass(frozen=True)
class Server:
    """Where ballots go. `most`: ballots a second that it surely does not exceed; `pids`: what works
    for it, by name, each with its children."""

    url: str
    path: str
    most: int
    pids: Mapping[str, int]

    def room(self, seconds: int) -> int:
        return self.most * (seconds + 1)


MOST = {"ours": 25_000, "django": 3_000, "bare": 60_000}


@contextlib.contextmanager
def built(*, delay_ms: int) -> Iterator[Installation]:
    """The database, migrated; Django is set up in this process. `delay_ms` is added to every fsync
    and fdatasync of PostgreSQL."""
    data = Path(tempfile.mkdtemp(prefix="paike-bench-"))
    os.environ.update(PAIKE_DATA=str(data), DJANGO_SETTINGS_MODULE="paike.config.settings")
    os.environ["PAIKE_URL"] = "http://127.0.0.1"
    from paike.config import data_folder
    from paike.config.postgres import cluster

    data_folder.prepare()
    if delay_ms:
        os.environ["LD_PRELOAD"] = str(_shim(data, delay_ms))
    cluster.start(data)
    os.environ.pop("LD_PRELOAD", None)
    installation = Installation(data)
    try:
        subprocess.run([sys.executable, "-m", "paike.config.cli", "migrate"], check=True,
                       stdout=subprocess.DEVNULL, cwd=ROOT)  # fmt: skip
        yield installation
    finally:
        for process in installation.processes:
            process.send_signal(signal.SIGTERM)
        for process in installation.processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=15)
            process.kill()
        from django.db import connections

        connections.close_all()
        cluster.stop(data)
        shutil.rmtree(data, ignore_errors=True)


def serve(installation: Installation, name: str, call: "Call", *, processes: int) -> Server:
    """Start one of the three, ours and the bare one in so many processes, and wait until it
    answers."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    pids = {"database": installation.postmaster()}
    if name == "ours":
        pids["server"] = installation.start(
            "-m", "paike.config.cli", "intake", "--port", str(port), "--processes", str(processes)
        )
        pids["sequencer"] = installation.start("-m", "paike.config.cli", "sequencer")
        path = f"/intake/{call.slug}/0/ballots"
    else:
        pids["server"] = installation.start(
            "-m", "bench.vote.yardsticks", name, str(port), str(processes)
        )
        path = "/ballots"
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            time.sleep(2)  # the first look at the votes
            return Server(url, path, MOST[name], pids)
        time.sleep(0.1)
    raise TimeoutError(name)


def _shim(folder: Path, delay_ms: int) -> Path:
    """A library that makes every fsync and fdatasync take longer, as a slower disk would."""
    made = folder / "slow_fsync.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O2", f"-DMICROSECONDS={delay_ms * 1000}",
         "-o", str(made), str(HERE / "slow_fsync.c"), "-ldl"],
        check=True,
    )  # fmt: skip
    return made


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
