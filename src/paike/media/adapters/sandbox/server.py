"""The fork server: a small process with PyAV loaded, that forks one jailed child per film.

It is started by `client` with one socket. Each request is a JSON message with open descriptors:
the film, a pipe for the answer, files to write to. Nothing else reaches the child: no environment,
no database, no keys. A minder process stands between, kills the child when its time is up and says
how it ended. When the worker dies the socket ends, the server ends, and with it its children.
"""

import contextlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import av

from paike.media.adapters.sandbox import jail, jobs, obedience
from paike.media.rules import libav

MAX_MESSAGE = 64 * 1024
MAX_DESCRIPTORS = 16
AWAITED = ("inspect",)  # the gate: its author looks on
POLITE = 10  # what takes long leaves the processor to pages and to the gate
TEST_LIMITS = jail.Limits(seconds=10, cpu_seconds=5, memory_mb=2048, output_mb=1)


def main() -> None:
    """Serve until the worker closes its end."""
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # minders need no waiting for
    control.send(json.dumps(_self_test()).encode())
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MAX_MESSAGE, MAX_DESCRIPTORS)
        if not message:
            return
        server = os.getpid()
        if os.fork() == 0:
            control.close()
            _mind(json.loads(message), descriptors, server)
        for descriptor in descriptors:
            os.close(descriptor)


def _mind(request: dict[str, Any], descriptors: list[int], server: int) -> None:
    """Start the jailed child, wait, and write how it ended as the last line of the answer."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    if request["job"] not in AWAITED:
        _step_back()
    jail.die_with_parent(server)
    limits = jail.Limits(**request["limits"])
    answer, minder = descriptors[1], os.getpid()
    child = os.fork()
    if child == 0:
        _work(request, limits, descriptors, minder)
    late = False

    def stop(*_: object) -> None:
        nonlocal late
        late = True
        os.kill(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(limits.seconds)
    _, status = os.waitpid(child, 0)
    signal.alarm(0)
    code = os.waitstatus_to_exitcode(status)
    with contextlib.suppress(OSError):
        os.write(answer, json.dumps({"end": "late" if late else code}).encode() + b"\n")
    os._exit(0)


def _step_back() -> None:
    """Leave the processor to others; Linux may weigh whole sessions, of which this is a new one."""
    os.nice(POLITE)
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(POLITE), encoding="ascii")


def _work(
    request: dict[str, Any], limits: jail.Limits, descriptors: list[int], minder: int
) -> None:
    code = 1
    answer = descriptors[1]

    def say(**line: Any) -> None:
        os.write(answer, json.dumps(line).encode() + b"\n")

    try:
        jail.keep_only({2, *descriptors})
        jail.enter(limits, parent=minder, filtered=request["filtered"])
        job = jobs.JOBS[request["job"]]
        with os.fdopen(descriptors[0], "rb", buffering=256 * 1024, closefd=False) as film:
            result = job(film, descriptors[2:], request["arguments"], lambda p: say(progress=p))
        say(result=result)
        code = 0
    except MemoryError:
        say(fault="memory", why="out of memory")
    except BaseException as fault:  # noqa: BLE001 - whatever it was, the worker must hear of it
        say(fault="error", why=f"{type(fault).__name__}: {fault}"[:500])
    finally:
        os._exit(code)


def _self_test() -> dict[str, Any]:
    """Whether a jailed child really can't do what it must not, and whether FFmpeg is one to trust:
    {"leaks": [...], "why": "...", "build": [...]}."""
    reader, writer = os.pipe()
    parent = os.getpid()
    odd = obedience.foreign()
    child = os.fork()
    if child == 0:
        outcome: dict[str, Any]
        try:
            jail.keep_only({2, writer})
            jail.enter(TEST_LIMITS, parent=parent)
            outcome = {"leaks": jail.leaks(), "why": ""}
        except BaseException as fault:  # noqa: BLE001 - told to the worker, which decides
            outcome = {"leaks": ["everything"], "why": str(fault)}
        outcome["build"] = libav.faults(av.ffmpeg_version_info) + obedience.refused(odd)
        os.write(writer, json.dumps(outcome).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        content = answer.read()
    with contextlib.suppress(ChildProcessError):
        os.waitpid(child, 0)
    died = {"leaks": ["everything"], "why": "self test died", "build": []}
    return json.loads(content) if content else died


if __name__ == "__main__":
    main()
