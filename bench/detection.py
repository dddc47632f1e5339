"""How long one look of the detectors takes, and how much memory.

    python -m bench.detection [--ballots 1000000] [--works 300]

A made-up contest of `bench.stuffing` with a bought crowd in it, in memory; what is measured is the look itself
(all nine detectors and what follows from them), not the making and not the reading from the database.
"""

import argparse
import json
import os
import resource
import time

from bench.stuffing.attacks import ATTACKS
from bench.stuffing.honest import contest, world
from bench.stuffing.run import columns
from paike.voting.rules.detection import registry, suspicion
from paike.voting.rules.detection.finding import Finding


def measured(*, ballots: int, works: int, seed: int = 21) -> dict[str, float | int]:
    """Seconds of each detector and of all, and the process's peak before and after, in MB."""
    made = world(seed, works=works)
    parts = [*contest(made, ballots=ballots), ATTACKS["bought-crowd"](made, 20, ballots // 200)]
    seen, _ = columns(made, parts)
    del parts
    before = _peak()
    found: list[Finding] = []
    seconds: dict[str, float | int] = {}
    began = time.process_time()
    wall = time.perf_counter()
    for detector in registry.DETECTORS:
        start = time.process_time()
        found += detector.find(seen, tuple(found))
        seconds[detector.KEY] = round(time.process_time() - start, 1)
    suspicions = suspicion.of(seen, found)
    return seconds | {
        "ballots": len(seen.columns),
        "works": works,
        "cpu_seconds": round(time.process_time() - began, 1),
        "wall_seconds": round(time.perf_counter() - wall, 1),
        "peak_mb_before": before,
        "peak_mb": _peak(),
        "suspicions": len(suspicions),
        "load": round(os.getloadavg()[0], 1),
    }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ballots", type=int, default=1_000_000)
    parser.add_argument("--works", type=int, default=300)
    asked = parser.parse_args()
    print(json.dumps(measured(ballots=asked.ballots, works=asked.works), indent=1))


if __name__ == "__main__":
    main()
