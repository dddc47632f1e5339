"""One measurement: all three servers in turn on one installation. A process of its own, since
Django's settings name one data folder for good."""

import json
import statistics
import sys
from typing import Any

from bench.vote import polling, stage
from bench.vote.client import Round, play

CONNECTIONS = (64, 256)
NAMES = ("ours", "django", "bare")


def run(*, rounds: int, seconds: int, delay_ms: int, processes: int) -> dict[str, Any]:
    """Medians by number of connections, all three in turn within each round."""
    with stage.built(delay_ms=delay_ms) as installation:
        call = polling.prepare(installation)
        servers = {
            name: stage.serve(installation, name, call, processes=processes) for name in NAMES
        }
        taken: dict[tuple[int, str], list[Round]] = {}
        for name in NAMES:  # warm-up: plans, caches, files
            play(servers[name], call.ballots(2_000), connections=32, seconds=1)
        for _ in range(rounds):
            for connections in CONNECTIONS:
                for name in NAMES:
                    ballots = call.ballots(servers[name].room(seconds))
                    one = play(servers[name], ballots, connections=connections, seconds=seconds)
                    if one.errors:
                        print(f"{name}: {one.errors} of {one.requests} refused", file=sys.stderr)
                    taken.setdefault((connections, name), []).append(one)
        polling.check(installation, call)
    return {str(connections): _line(taken, connections) for connections in CONNECTIONS}


def _line(taken: dict[tuple[int, str], list[Round]], connections: int) -> dict[str, Any]:
    line: dict[str, Any] = {}
    for name in NAMES:
        rounds = taken[connections, name]
        line[name] = {
            "per_second": round(statistics.median(each.per_second for each in rounds), 1),
            "p50_ms": round(statistics.median(each.p50 for each in rounds), 2),
            "p99_ms": round(statistics.median(each.p99 for each in rounds), 2),
            "errors": sum(each.errors for each in rounds),
            "cpu_us": {
                part: round(statistics.median(each.cpu[part] for each in rounds), 1)
                for part in rounds[0].cpu
            },
        }
    # The rounds are neighbours in time: their ratios are steadier than the ratio of medians.
    for other in ("django", "bare"):
        pairs = zip(taken[connections, "ours"], taken[connections, other], strict=True)
        ratios = [ours.per_second / theirs.per_second for ours, theirs in pairs]
        line[f"ratio_to_{other}"] = round(statistics.median(ratios), 2)
    return line


if __name__ == "__main__":
    rounds, seconds, delay_ms, processes = (int(text) for text in sys.argv[1:])
    found = run(rounds=rounds, seconds=seconds, delay_ms=delay_ms, processes=processes)
    print(json.dumps(found))
