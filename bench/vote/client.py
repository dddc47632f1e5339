"""wrk as the client: distinct ballots from a file, one figure per round."""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.vote import processor
from bench.vote.stage import Server

SCRIPT = Path(__file__).with_name("ballots.lua")


@dataclass(frozen=True)
class Round:
    """What one round showed; times in milliseconds. `cpu`: microseconds of processor time for each
    request, by what used them."""

    requests: int
    per_second: float
    p50: float
    p99: float
    errors: int
    cpu: Mapping[str, float]


def play(server: Server, ballots: Sequence[bytes], *, connections: int, seconds: int) -> Round:
    """Send `ballots` as fast as answers come; each is sent once, as long as they suffice."""
    with tempfile.NamedTemporaryFile(suffix=".ballots") as file:
        file.write(b"\n".join(ballots) + b"\n")
        file.flush()
        before, clients = _used(server), os.times()
        done = subprocess.run(
            [
                "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s",
                "-s", str(SCRIPT), server.url, "--", file.name, server.path,
            ],
            capture_output=True, text=True, check=True, timeout=seconds + 60,
        )  # fmt: skip
        after, then = _used(server), os.times()
    said = json.loads(done.stdout.rsplit("FIGURES ", 1)[1])
    used = {name: after[name] - before[name] for name in after}
    used["client"] = (
        then.children_user + then.children_system - clients.children_user - clients.children_system
    )
    return Round(
        requests=said["requests"],
        per_second=said["requests"] / (said["duration_us"] / 1e6),
        p50=said["p50_us"] / 1000,
        p99=said["p99_us"] / 1000,
        errors=said["errors"],
        cpu={name: 1e6 * seconds / max(said["requests"], 1) for name, seconds in used.items()},
    )


def _used(server: Server) -> dict[str, float]:
    return {name: processor.seconds([pid]) for name, pid in server.pids.items()}
