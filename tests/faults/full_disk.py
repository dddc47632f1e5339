"""A vote whose disk fills up and is cleared again: `python -m tests.faults.full_disk WHAT MIGRATED
FOLDER` in a mount namespace of its own. WHAT is `everything` the installation has on one disk, or
the disk of the database's `log` alone."""

import contextlib
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from paike.config.postgres import cluster
from tests.faults import polling_station
from tests.faults.installation import Installation, wait
from tests.faults.voters import Crowd

ROOM = 1000  # MB, so that the log of a hurried vote fits in before it is filled up
LEFT = 256 * 1024  # bytes


def main(what: str, migrated: Path, folder: Path) -> None:
    disk = folder / "disk"
    installation = _installation(what, migrated, disk)
    station, crowd = polling_station.opened(installation)
    try:
        crowd.start()
        crowd.wait_for(50, seconds=60, what="ballots are taken")
        _fill(disk / "filler")
        _wait_for_the_fault(what, installation, crowd)
        time.sleep(3)
        refused = crowd.answers["503"]
        (disk / "filler").unlink()
        crowd.wait_for(50, seconds=90, what="ballots are taken again")
        crowd.stop()
        polling_station.judge(station, crowd)
        sys.stdout.write(f"{refused} refused, {len(crowd.acknowledged)} acknowledged\n")
    finally:
        crowd.send_home()
        station.close()
        installation.end()


def _installation(what: str, migrated: Path, disk: Path) -> Installation:
    """With everything on the small disk, or only the database's log."""
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}m", "tmpfs", disk], check=True)
    installation = Installation(data=(disk if what == "everything" else disk.parent) / "data")
    subprocess.run(["cp", "-a", migrated, installation.data], check=True)
    if what == "log":
        _move(cluster.folder(installation.data) / "pg_wal", disk / "pg_wal")
    cluster.start(installation.data)
    return installation


def _wait_for_the_fault(what: str, installation: Installation, crowd: Crowd) -> None:
    if what == "everything":
        wait(lambda: crowd.answers["503"] > 0, seconds=60, what="ballots are refused")
        return
    wait(lambda: _panicked(installation), seconds=60, what="the database panics")
    said = installation.data / "intake.said"
    wait(lambda: "the intake ends" in said.read_text(), seconds=60, what="the intake ends")


def _move(folder: Path, to: Path) -> None:
    subprocess.run(["cp", "-a", folder, to], check=True)
    shutil.rmtree(folder)
    folder.symlink_to(to)


def _panicked(installation: Installation) -> bool:
    """Whether the database has found no room for its log. It is made to want more of it."""
    with contextlib.suppress(psycopg.Error), installation.connect() as database:
        database.execute("SELECT pg_switch_wal()")
    return "PANIC" in (installation.data / "postgres.log").read_text()


def _fill(filler: Path) -> None:
    """Leave hardly any room, and keep it so: a database frees old segments of its log."""
    sizes = subprocess.run(
        ["du", "-am", "--threshold=8M", filler.parent], capture_output=True, check=False
    )
    assert shutil.disk_usage(filler.parent).free > 50_000_000, sizes.stdout.decode()
    with filler.open("wb") as file:
        while True:
            try:
                file.write(bytes(LEFT))
                file.flush()
            except OSError:
                return


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
