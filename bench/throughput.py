"""How many films an hour the sandbox inspects with one and with two workers, and how long a film
takes to its gate verdict and to its full report.

    python -m bench.throughput [--json] [--films 6]

Films of 60 s as `bench.inspect` makes them. A worker here is what is slow in one: a sandbox that
gives a film its gate and then its full inspection; rows and the store are left out (milliseconds).
Copies for the exhibition are another bench (`bench.renditions`).
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tests.corpus import making

from bench.inspect import LIMITS, recipes
from paike.media.adapters.sandbox.client import Sandbox
from paike.media.adapters.sandbox.jail import Limits

GATE = Limits(seconds=60, cpu_seconds=40, memory_mb=2048, output_mb=1)
FULL = Limits(seconds=300, cpu_seconds=180, memory_mb=2048, output_mb=8)
WORKERS = (1, 2)


def measure(count: int) -> dict[str, Any]:
    """Films per hour by workers; medians of the seconds from the last byte on."""
    paths = list(islice(cycle([making.film(one) for one in recipes() if one.seconds == 60]), count))
    found: dict[str, Any] = {"films": count, "seconds_each": 60}
    for workers in WORKERS:
        boxes = [Sandbox() for _ in range(workers)]
        for box in boxes:
            box.check()
        started = time.monotonic()
        with ThreadPoolExecutor(workers) as pool:
            shares = [(box, paths[n::workers]) for n, box in enumerate(boxes)]
            times = [one for share in pool.map(_work, shares) for one in share]
        seconds = time.monotonic() - started
        for box in boxes:
            box.close()
        found[f"per_hour_{workers}"] = round(count * 3600 / seconds)
        found[f"gate_s_{workers}"] = round(statistics.median(gate for gate, _ in times), 3)
        found[f"report_s_{workers}"] = round(statistics.median(whole for _, whole in times), 2)
    return found | {"load": round(os.getloadavg()[0], 1)}


def _work(share: tuple[Sandbox, list[Path]]) -> list[tuple[float, float]]:
    return [_film(share[0], path) for path in share[1]]


def _film(box: Sandbox, path: Path) -> tuple[float, float]:
    """Seconds to the gate's verdict, and to the full report."""
    arguments = {"limits": LIMITS, "rotation": 0}
    started = time.monotonic()
    with path.open("rb") as film, tempfile.TemporaryFile() as pictures:
        box.run("inspect", film=film.fileno(), arguments=arguments, limits=GATE)
        gate = time.monotonic() - started
        outputs = [pictures.fileno()]
        box.run("examine", film=film.fileno(), outputs=outputs, arguments=arguments, limits=FULL)
    return gate, time.monotonic() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--films", type=int, default=6)
    arguments = parser.parse_args()
    figures = measure(arguments.films)
    if arguments.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:14} {value}")


if __name__ == "__main__":
    main()
