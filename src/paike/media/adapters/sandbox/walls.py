"""A second wall around the sandbox's server where the host allows one: bubblewrap gives it no
network, no processes but its own, a file system it can only read, and hides the data folder."""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

TRIAL_SECONDS = 10
# As root nothing but the right to become nobody is kept.
KEPT = ("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")


def around(hidden: Path | None = None) -> list[str]:
    """What goes before a command to put it inside, empty where the host has none or forbids it.
    `hidden`: a folder of which nothing is seen inside."""
    program = shutil.which("bwrap")
    if program is None:
        return []
    command = [
        program, "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-pid",
        "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
    ]  # fmt: skip
    if hidden is not None and hidden.is_dir() and not _holds_our_code(hidden):
        command += ["--tmpfs", str(hidden.resolve())]
    if os.geteuid() == 0:
        command += KEPT
    return command if _works(tuple(command)) else []


def _holds_our_code(folder: Path) -> bool:
    """Whether Python or we are installed in it, as in a test's folder."""
    places = [Path(place).resolve() for place in (*sys.path, sys.prefix, sys.executable) if place]
    return any(place.is_relative_to(folder.resolve()) for place in places)


@functools.cache
def _works(command: tuple[str, ...]) -> bool:
    try:
        trial = subprocess.run(  # noqa: S603 - our own words
            [*command, "--", sys.executable, "-I", "-S", "-c", ""],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TRIAL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return trial.returncode == 0
