"""Child processes that never outlive their parent and are never left half-stopped."""

import contextlib
import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Ask the system to end this process when its parent dies, however that happens (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    parent = multiprocessing.parent_process()
    if parent is not None and not parent.is_alive():  # it died before we could ask
        os.kill(os.getpid(), signal.SIGTERM)


def start(command: Sequence[str], *, listen: bool = False) -> "subprocess.Popen[bytes]":
    """Start `command` as the head of a process group of its own that ends with us.

    `listen`: all it prints comes through the pipe `stdout`, otherwise it goes where ours goes.
    """
    return subprocess.Popen(  # noqa: S603 - our own commands, no shell
        command,
        start_new_session=True,
        preexec_fn=end_with_parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if listen else None,
        stderr=subprocess.STDOUT if listen else None,
    )


def stop(children: Sequence["subprocess.Popen[bytes]"], *, seconds: float) -> None:
    """Ask all of them to end, wait together, then end by force what is left with its group."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    limit = seconds
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=limit)
        if child.returncode is None:
            limit = 0.1
        end_group(child)


def end_group(child: "subprocess.Popen[bytes]") -> None:
    """Kill what is left of a child's process group; a dead server's helpers would keep its port."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
