"""A real installation in a folder of its own: its processes are started, killed and watched."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg

from paike.config.postgres import cluster, sockets


@dataclass
class Installation:
    """`data` is its data folder; `port` where `up` will listen."""

    data: Path
    port: int = 0
    started: "list[subprocess.Popen[str]]" = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """Of its processes: nothing of this test run's own settings."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PAIKE_")}
        return clean | {"PAIKE_DATA": str(self.data), "PYTHONUNBUFFERED": "1"}

    def paike(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run one command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "paike.config.cli", *arguments],
            env=self.environment(), capture_output=True, text=True, check=False, timeout=180,
        )  # fmt: skip

    def start(self, *command: str) -> "subprocess.Popen[str]":
        """Start a Python process of this installation, in a process group of its own."""
        process = subprocess.Popen(
            [sys.executable, *command], env=self.environment(), text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.started.append(process)
        return process

    def up(self, *arguments: str) -> "subprocess.Popen[str]":
        """`paike up` on a free port; returns when it answers."""
        self.port = free_port()
        process = self.start("-m", "paike.config.cli", "up", "--port", str(self.port), *arguments)
        wait(
            lambda: self.answers() or process.poll() is not None,
            seconds=90,
            what="paike up answers",
        )
        assert process.poll() is None, process.communicate()[0]
        return process

    def answers(self) -> bool:
        """Whether the web server answers anything at all."""
        try:
            httpx.get(f"http://127.0.0.1:{self.port}/", timeout=5)
        except httpx.HTTPError:
            return False
        return True

    def children(self, *words: str) -> list[int]:
        """Ids of this installation's living processes whose command line has all the words."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                line = (entry / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
                mine = f"PAIKE_DATA={self.data}\0".encode() in (entry / "environ").read_bytes()
            except OSError:
                continue
            if mine and all(word in line for word in words):
                found.append(int(entry.name))
        return found

    def connect(self) -> psycopg.Connection:
        """To its database."""
        return cluster.connect(sockets.folder(self.data), cluster.DATABASE)

    def end(self) -> None:
        """Stop everything that still runs."""
        for process in self.started:
            if process.poll() is None:
                process.terminate()
        for process in self.started:
            try:
                process.communicate(timeout=40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
        cluster.stop(self.data)


def wait(condition: Callable[[], object], *, seconds: float, what: str) -> None:
    """Wait until the condition holds; fails the test after `seconds`."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"waited {seconds} s in vain until {what}"
        time.sleep(0.1)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
