"""What the ballot log costs: appending and publishing, proofs, a recount, and the memory it takes.

python -m bench.ballot_log [--entries 1000000] [--json]

The log is made in a temporary folder, every file synced as on the server; the recount is a process
of its own (`paike_verify`), so that its memory is its own.
"""

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.factories.ballot_log import ORIGIN, VKEY, MadeLog, checkpoint

from paike.voting.adapters.durable_folder import Disk, DurableFolder
from paike.voting.adapters.log_files import LogFiles
from paike.voting.rules.ballot_log import leaves, merkle, proofs
from paike.voting.rules.ballot_log.tiles import Tile

TURN = 2000  # entries published together: ten thousand a second, five turns a second
PROOFS = 2000


def entry(number: int) -> bytes:
    """A ballot that follows from its number."""
    works = sorted((number * 7 + step * 3) % 20 + 1 for step in range(5))
    drawn = hashlib.sha256(b"%d" % number).digest()
    return leaves.ballot(period="2021-07-01", tag=drawn[:16], commitment=drawn, works=works)


def append(folder: Path, number: int) -> float:
    """Publish a log of `number` ballots turn by turn; returns the seconds."""
    files = LogFiles(DurableFolder(Disk(folder.parent)), folder.name)
    files.put_key(VKEY)
    begun = time.perf_counter()
    waiting = list(MadeLog().begin().entries)
    for ballot in range(number):
        waiting.append(entry(ballot))
        if len(waiting) >= TURN:
            _publish(files, waiting)
    _publish(files, waiting)
    return time.perf_counter() - begun


def _publish(files: LogFiles, waiting: list[bytes]) -> None:
    files.append([merkle.leaf_hash(each) for each in waiting])
    files.append_entries(waiting)
    files.publish(checkpoint, origin=ORIGIN)
    waiting.clear()


def prove(folder: Path, size: int) -> float:
    """Proofs a second, each out of the files."""

    def read(tile: Tile) -> bytes:
        return (folder / tile.path).read_bytes()

    begun = time.perf_counter()
    for number in range(PROOFS):
        merkle.inclusion(number * 7919 % size, size, proofs.nodes(size, read))
    return PROOFS / (time.perf_counter() - begun)


def recount(folder: Path) -> tuple[float, int]:
    """Seconds and peak memory (KiB) of `paike-verify recount`."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "paike_verify", "recount", str(folder), "--key", VKEY]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return time.perf_counter() - begun, peak


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="paike-log-") as place:
        folder = Path(place) / "spring"
        seconds = append(folder, given.entries)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        a_second = prove(folder, given.entries + 2)
        counted, peak = recount(folder)
        size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
    found = {
        "entries": given.entries,
        "appended_per_second": round(given.entries / seconds),
        "proofs_per_second": round(a_second),
        "recount_seconds_per_million": round(counted / given.entries * 1e6, 1),
        "recount_peak_mib": round(peak / 1024),
        "append_peak_mib": round(own / 1024),
        "disk_mib_per_million": round(size / 2**20 / given.entries * 1e6),
        "load": round(os.getloadavg()[0], 1),
        "cores": os.cpu_count(),
    }
    if given.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:30} {value}")


if __name__ == "__main__":
    main()
