"""Sends damaged films through the jailed gate, and a share of them through the full inspection.

    python -m bench.inspection_fuzz [--json] [--mutations 20000] [--full 400] [--seed 1]

Every film that the gate lets through goes on to the full inspection, and so do the first `--full`.

Seeds are the hostile corpus and small good films of several codecs. Counted: films without a clear
verdict, decoders that crashed or were stopped inside the jail (that is what it is for; the gate
refuses such a film), crashes of the service itself, hangs, connections and packets on the network,
openings of a file that some seeds refer to. The same seed number makes the same mutations.
"""

import argparse
import json
import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.corpus import hostile, watched
from tests.fixtures.films import make

from paike.media.adapters.sandbox import client
from paike.media.adapters.sandbox.jail import Limits
from paike.media.rules.report import Outcome, Report

GATE = Limits(seconds=60, cpu_seconds=40, memory_mb=2048, output_mb=1)
FULL = Limits(seconds=300, cpu_seconds=180, memory_mb=2048, output_mb=8)
LIMITS = make.CALLS["open"] | {
    "containers": ["mp4", "mov", "3gp"], "duration_min": "0", "duration_max": "100000",
    "video_codecs": ["h264", "hevc", "mpeg4"], "short_side_min": None,
}  # fmt: skip
BIGGEST_SEED = 60_000


@dataclass
class Tally:
    """`ends`: how jobs ended, by job and kind; `verdicts`: the worst rule of each gate report."""

    ends: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)
    slowest: float = 0.0


def run(mutations: int, full: int, seed: int) -> dict[str, Any]:
    box, tally = client.Sandbox(), Tally()
    box.check()
    server = box._server
    assert server is not None
    with watched.watching() as watch, ThreadPoolExecutor(2) as pool:
        seeds = _seeds(watch)
        started = time.monotonic()
        list(pool.map(lambda n: _one(box, tally, seeds, f"{seed}-{n}", n < full), range(mutations)))
        seconds = time.monotonic() - started
        figures = {
            "mutations": mutations,
            "full": sum(n for end, n in tally.ends.items() if end.startswith("full")),
            "seeds": len(seeds),
            "service_crashes": tally.ends["gate Lost"] + tally.ends["full Lost"]
            + (server.poll() is not None or box._server is not server),
            "hangs": tally.ends["gate hang"] + tally.ends["full hang"],
            "connections": watch.called,
            "packets": _packets(server.pid),
            "opened_outside": watch.opened(),
            "without_verdict": tally.ends["gate JobFault"],
            "ends": dict(tally.ends),
            "verdicts": dict(tally.verdicts.most_common(20)),
            "odd": tally.odd[:20],
            "slowest_s": round(tally.slowest, 2),
            "seconds": round(seconds),
            "walled": box.walled,
            "load": round(os.getloadavg()[0], 1),
        }  # fmt: skip
    box.close()
    return figures


def _seeds(watch: watched.Watch) -> list[bytes]:
    files = list(hostile.files(watch.canary, watch.port).values())
    films = [path.read_bytes() for path in Path(make.__file__).parent.glob("*.m*")]
    good = [make.film(seconds=1, rate=8, codec=one) for one in ("libx264", "libx265", "mpeg4")]
    good.append(make.film(seconds=1, rate=8, sound="libmp3lame", flags="frag_keyframe+empty_moov"))
    # Good films weigh more: their mutations come further than rubbish does.
    return [one for one in (*files, *films) if 0 < len(one) <= BIGGEST_SEED] + good * 20


def _one(box: client.Sandbox, tally: Tally, seeds: list[bytes], name: str, full: bool) -> None:
    content = hostile.mutate(seeds, random.Random(name))
    answer = _job(box, tally, "gate", content, name)
    if answer is not None:
        report = Report.from_json(answer)
        worst = max(report.verdicts, key=lambda one: ("pass", "warn", "refuse").index(one.outcome))
        tally.verdicts[worst.code if worst.outcome is not Outcome.PASS else "passed"] += 1
        full = full or report.outcome is not Outcome.REFUSE  # those the gate lets through
    if full:
        _job(box, tally, "full", content, name)


def _job(
    box: client.Sandbox, tally: Tally, job: str, content: bytes, name: str
) -> dict[str, Any] | None:
    film, evidence = os.memfd_create("film"), os.memfd_create("evidence")
    limits = GATE if job == "gate" else FULL
    started = time.monotonic()
    try:
        os.write(film, content)
        answer = box.run(
            "inspect" if job == "gate" else "examine",
            film=film,
            outputs=[] if job == "gate" else [evidence],
            arguments={"limits": LIMITS, "rotation": 0},
            limits=limits,
        )
        tally.ends[f"{job} answer"] += 1
        return answer
    except client.SandboxFault as fault:
        kind = type(fault).__name__
        if "did not answer" in str(fault):
            kind = "hang"
        tally.ends[f"{job} {kind}"] += 1
        if kind != "TooHeavy":
            tally.odd.append(f"{job} {name}: {fault}"[:200])
        return None
    finally:
        tally.slowest = max(tally.slowest, time.monotonic() - started)
        os.close(film)
        os.close(evidence)


def _packets(process: int) -> int | None:
    """Packets in the network of the server's children, None where it has none of its own."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    if not children:
        return None
    lines = Path(f"/proc/{children[0]}/net/dev").read_text().splitlines()[2:]
    if [line.split(":")[0].strip() for line in lines] != ["lo"]:
        return None
    numbers = lines[0].split(":")[1].split()
    return int(numbers[1]) + int(numbers[9])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--mutations", type=int, default=20_000)
    parser.add_argument("--full", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    figures = run(arguments.mutations, arguments.full, arguments.seed)
    if arguments.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:16} {value}")


if __name__ == "__main__":
    main()
