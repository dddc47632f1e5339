"""The worker's side of the sandbox: hand in an open film, get an answer or a named fault."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from paike.media.adapters.sandbox import walls
from paike.media.adapters.sandbox.jail import Limits

GRACE_SECONDS = 15  # for the server to fork and the minder to speak, beyond the job's own time
START_SECONDS = 60
NO_START = b'{"leaks": ["everything"], "why": "no start", "build": []}'
TOO_MUCH = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS}


class SandboxFault(Exception):
    """The job gave no result. See the subclasses for whose fault it is."""


class TooHeavy(SandboxFault):
    """The film used up its time, processor or memory, or crashed the decoder."""


class JobFault(SandboxFault):
    """The job itself raised."""


class Lost(SandboxFault):
    """The server or its child vanished, through no fault of the film as far as we know."""


class Unsafe(SandboxFault):
    """This machine can't jail a process, and nobody allowed to go without; or its FFmpeg has known
    faults or does not do as it is told."""


class Sandbox:
    """A fork server of this process, started when first needed. Safe for many threads."""

    def __init__(self, *, allow_unfiltered: bool = False, hidden: Path | None = None) -> None:
        """`hidden`: a folder of which the server shall see nothing, where the host can hide it."""
        self._allow_unfiltered, self._hidden = allow_unfiltered, hidden
        self.walled = False
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._filtered = True

    def run(
        self,
        job: str,
        *,
        film: int,
        outputs: Sequence[int] = (),
        arguments: dict[str, Any],
        limits: Limits,
        on_progress: Callable[[int], None] = lambda percent: None,
    ) -> dict[str, Any]:
        """Do the job on the open descriptor `film`, writing to the open `outputs`. Raises
        SandboxFault. Never takes longer than the limits and a little grace."""
        reader, writer = os.pipe()
        try:
            try:
                self._send(job, [film, writer, *outputs], arguments, limits)
            finally:
                os.close(writer)
            return _listen(reader, limits, on_progress)
        finally:
            os.close(reader)

    def check(self) -> str:
        """Why this machine can't jail a process; empty when it can. For `paike doctor`."""
        try:
            with self._lock:
                self._started()
        except SandboxFault as fault:
            return str(fault)
        return "" if self._filtered else "seccomp is missing; running without it was allowed"

    def close(self) -> None:
        """Stop the server and all its children."""
        with self._lock:
            if self._control is not None:
                self._control.close()
            if self._server is not None:
                try:
                    self._server.wait(timeout=5)
                except subprocess.TimeoutExpired:
                    self._server.kill()
                    self._server.wait()
            self._control = self._server = None

    def _send(
        self, job: str, descriptors: list[int], arguments: dict[str, Any], limits: Limits
    ) -> None:
        for attempt in (1, 2):
            with self._lock:
                control = self._started()
                request = {
                    "job": job,
                    "arguments": arguments,
                    "limits": asdict(limits),
                    "filtered": self._filtered,
                }
                try:
                    socket.send_fds(control, [json.dumps(request).encode()], descriptors)
                except OSError as fault:  # the server was killed: start another, once
                    control.close()
                    self._control = None
                    if attempt == 2:
                        raise Lost(f"sandbox server: {fault}") from fault
                else:
                    return

    def _started(self) -> socket.socket:
        if self._control is not None:
            return self._control
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            wall = walls.around(self._hidden)
            self.walled = bool(wall)
            self._server = subprocess.Popen(  # noqa: S603 - our own module
                [
                    *wall,
                    sys.executable,
                    "-P",
                    "-m",
                    "paike.media.adapters.sandbox.server",
                    str(theirs.fileno()),
                ],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={
                    "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                    "LC_ALL": "C.UTF-8",
                    "ORT_DISABLE_TELEMETRY": "1",  # see `models`
                },
                start_new_session=True,
            )
        ours.settimeout(START_SECONDS)
        try:
            test = json.loads(ours.recv(65536) or NO_START)
        except OSError as fault:
            ours.close()
            raise Lost(f"sandbox server did not start: {fault}") from fault
        if test["build"]:
            ours.close()
            raise Unsafe(". ".join(test["build"]))
        self._filtered = not test["leaks"]
        if test["leaks"] and not self._allow_unfiltered:
            ours.close()
            raise Unsafe(
                f"a jailed process could {', '.join(test['leaks'])}. {test['why']}".strip()
            )
        self._control = ours
        return ours


def _listen(reader: int, limits: Limits, on_progress: Callable[[int], None]) -> dict[str, Any]:
    result: dict[str, Any] | None = None
    fault: dict[str, Any] = {}
    for line in _lines(reader, time.monotonic() + limits.seconds + GRACE_SECONDS):
        if "progress" in line:
            on_progress(line["progress"])
        elif "result" in line:
            result = line["result"]
        elif "fault" in line:
            fault = line
        elif "end" in line:
            return _ending(line["end"], result, fault)
    raise Lost("the sandbox ended without a word")


def _ending(end: int | str, result: dict[str, Any] | None, fault: dict[str, Any]) -> dict[str, Any]:
    if result is not None and end == 0:
        return result
    if end == "late" or fault.get("fault") == "memory" or end in TOO_MUCH:
        raise TooHeavy(f"ended with {end} {fault.get('why', '')}".strip())
    raise JobFault(fault.get("why") or f"ended with {end}")


def _lines(reader: int, deadline: float) -> Iterator[dict[str, Any]]:
    rest = b""
    while True:
        wait = deadline - time.monotonic()
        if wait <= 0 or not select.select([reader], [], [], wait)[0]:
            raise Lost("the sandbox did not answer in time")
        chunk = os.read(reader, 65536)
        if not chunk:
            return
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield json.loads(line)
