"""Which processes belong to a cluster: PostgreSQL's processes all work inside its folder."""

import os
import time
from pathlib import Path


def processes(cluster: Path) -> list[int]:
    """Ids of the living processes of the cluster; empty where the system has no /proc."""
    wanted = os.path.realpath(cluster)
    found: list[int] = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.path.realpath(entry / "cwd") == wanted:
                found.append(int(entry.name))
        except OSError:
            continue  # gone meanwhile, or another user's
    return found


def wait_gone(cluster: Path, *, seconds: float) -> bool:
    """Wait until no process of the cluster is left; False when some still is after `seconds`."""
    limit = time.monotonic() + seconds
    while processes(cluster):
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def postmaster(cluster: Path) -> int | None:
    """The process id in postmaster.pid when that process is alive and the cluster's; else None."""
    try:
        # Bytes: its second line is a path, in whatever language.
        pid = int((cluster / "postmaster.pid").read_bytes().split(b"\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    if Path("/proc/self").exists():
        return pid if pid in processes(cluster) and not _dead(pid) else None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    return pid


def _dead(pid: int) -> bool:
    """A process that was killed and not yet collected by its parent still has an entry."""
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
            == "Z"
        )
    except OSError:
        return True
