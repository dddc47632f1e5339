"""Ballots a second with everything on, in one run with its two yardsticks.

    python -m bench.vote [--json] [--rounds 5] [--seconds 4] [--slow-fsync 2] [--processes 1]

On one machine, one PostgreSQL with fsync on, under the same client (wrk), in turn:

- **ours**: `paike intake` with tokens, grammar, uniqueness, promise and receipt, while
  `paike sequencer` orders the ballots and writes the log;
- **django**: the same rule as a normal Django view with the ORM, served as our web process is;
- **bare**: an ASGI application on the same server that parses the ballot and stores nothing.

Printed are medians of the rounds, and the processor time of one request by who used it; then once
more with 2 ms added to every fsync and fdatasync of PostgreSQL, by a library of a few lines of C that
is loaded before its own (`slow_fsync.c`).
"""

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from bench.vote.measure import NAMES


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.vote")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument(
        "--slow-fsync", type=int, default=2, metavar="MS", help="0: only the disk as it is"
    )
    parser.add_argument(
        "--processes", type=int, default=1, help="of the intake, and of the bare application"
    )
    given = parser.parse_args()
    load = os.getloadavg()[0]
    figures = measure(given, rounds=given.rounds, delay_ms=0)
    slow, delay = None, given.slow_fsync
    if delay:
        slow = measure(given, rounds=max(2, given.rounds // 2), delay_ms=delay)
    found: dict[str, Any] = {
        "ratio_to_django": figures["64"]["ratio_to_django"],
        "ratio_to_bare": figures["64"]["ratio_to_bare"],
        "connections": figures,
        "processes": given.processes,
        "slow_fsync_ms": delay,
        "with_slow_fsync": slow,
        "load_before": round(load, 2),
        "load_after": round(os.getloadavg()[0], 2),
        "cores": os.cpu_count(),
    }
    if given.json:
        print(json.dumps(found))
        return
    print(f"load before: {load:.2f}, cores: {os.cpu_count()}")
    for title, part in (("fsync as it is", figures), (f"fsync + {delay} ms", slow)):
        print(f"\n{title}" if part else "")
        for connections, line in (part or {}).items():
            for name in NAMES:
                one = line[name]
                print(
                    f"  {connections:>4} connections  {name:<7} {one['per_second']:>8.0f}/s"
                    f"  p50 {one['p50_ms']:>7.1f} ms  p99 {one['p99_ms']:>7.1f} ms"
                    f"  cpu {sum(one['cpu_us'].values()):>6.0f} us"
                )
            print(
                f"       ours is {line['ratio_to_django']:.1f} x django,"
                f" {line['ratio_to_bare']:.2f} of bare"
            )


def measure(given: argparse.Namespace, *, rounds: int, delay_ms: int) -> dict[str, Any]:
    """One measurement in a process of its own."""
    asked = map(str, (rounds, given.seconds, delay_ms, given.processes))
    words = [sys.executable, "-m", "bench.vote.measure", *asked]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
