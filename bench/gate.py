"""How fast the gate answers: from a sealed film to its verdict, next to opening the same film.

    python -m bench.gate [--json] [--rounds 7]

The yardstick is what `ffprobe` does at least: open the film with PyAV in the same process and read
its streams. It runs in turn with ours, so that noise hits both. The gate's figure has everything: a
jailed process, the boxes, the test playback at start, middle and end.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import av
from tests.fixtures.films import make

from paike.media.adapters.sandbox.client import Sandbox
from paike.media.adapters.sandbox.jail import Limits

LIMITS = Limits(seconds=60, cpu_seconds=40, memory_mb=2048, output_mb=1)


def measure(rounds: int) -> dict[str, float]:
    """Median seconds over all films of the shared set that PyAV can open."""
    sandbox = Sandbox()
    sandbox.check()
    films = [path for path in Path(make.__file__).parent.glob("*.mp4") if _opens(path)]
    gate: list[float] = []
    plain: list[float] = []
    for path in films:
        runs = [
            (_seconds(_judge, sandbox, path), _seconds(_open, sandbox, path)) for _ in range(rounds)
        ]
        gate.append(statistics.median(run[0] for run in runs))
        plain.append(statistics.median(run[1] for run in runs))
    sandbox.close()
    return {
        "films": len(films),
        "gate_median_s": round(statistics.median(gate), 4),
        "gate_worst_s": round(max(gate), 4),
        "open_median_s": round(statistics.median(plain), 4),
        "ratio": round(statistics.median(gate) / statistics.median(plain), 2),
    }


def _seconds(work: Callable[[Sandbox, Path], None], sandbox: Sandbox, path: Path) -> float:
    start = time.perf_counter()
    work(sandbox, path)
    return time.perf_counter() - start


def _judge(sandbox: Sandbox, path: Path) -> None:
    with path.open("rb") as film:
        sandbox.run(
            "inspect",
            film=film.fileno(),
            arguments={"limits": make.CALLS["notice"]},
            limits=LIMITS,
        )


def _open(_sandbox: Sandbox, path: Path) -> None:
    with av.open(path) as film:
        for stream in film.streams:
            _ = stream.codec_context


def _opens(path: Path) -> bool:
    try:
        with av.open(path, format="mov") as film:
            return bool(film.streams.video)
    except av.error.FFmpegError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    figures = measure(arguments.rounds)
    if arguments.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:15} {value}")


if __name__ == "__main__":
    main()
