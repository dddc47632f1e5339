"""A real web process beside the test, on the test's own database and data folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import httpx
from django.db import connection


@contextmanager
def running() -> Iterator[str]:
    """Start granian with the whole application; gives its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = start(port)
    try:
        wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def kill(process: "subprocess.Popen[bytes]") -> None:
    """kill -9 the server and its worker process."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def start(port: int, **settings_of: str) -> "subprocess.Popen[bytes]":
    """The web process on a port of this machine; `settings_of` are further environment."""
    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={quote(settings['HOST'])}"
    environment = os.environ | {
        "PAIKE_DATABASE_URL": url,
        "PAIKE_URL": f"http://127.0.0.1:{port}",
        "PAIKE_DEVELOPMENT": "1",
        **settings_of,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "paike.config.asgi:build",
         "--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--log-level", "warning"],
        env=environment, start_new_session=True,
    )  # fmt: skip


def wait_for_port(port: int, *, seconds: float = 20) -> None:
    """Until something listens on a port of this machine."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nobody listens on {port}")


def wait_for(address: str, *, seconds: float = 60) -> None:
    """Until it answers."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        try:
            httpx.get(f"{address}/sign-in/", timeout=5)
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"{address} does not answer")
