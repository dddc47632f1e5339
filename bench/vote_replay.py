"""A whole vote again: 11.2 million ballots, or as many as there is time for.

    python -m bench.vote_replay [--ballots 200000] [--json]

Generated ballots go into a database the intake's way, batch after batch in its own statement, while
nothing else runs; then the sequencer orders them and publishes the log; then the log is recounted by
`paike-verify`, which shares no code with us. What is measured is said for the ballots that ran; what
is said of 11.2 million is that times the number, and marked so.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.vote import polling, stage

WHOLE = 11_200_000  # ballots of the vote whose shape this has
BATCH = 300  # what gathers during a COMMIT under load


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.vote_replay")
    parser.add_argument("--ballots", type=int, default=200_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    with stage.built(delay_ms=0) as installation:
        found = replay(installation, given.ballots)
    found |= {"load_before": round(load, 2), "cores": os.cpu_count()}
    if given.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:<36} {value:>14,}" if isinstance(value, int) else f"{name:<36} {value:>14}")


def replay(installation: stage.Installation, number: int) -> dict[str, Any]:
    call = polling.prepare(installation, counts="live")
    stored = _store(call, number)
    sequenced, memory = _sequence(number)
    log = installation.data / "ballot-logs" / call.slug
    disk = {
        "database_mb_per_million": _database_bytes() / number,
        "log_mb_per_million": _folder_bytes(log) / number,
    }
    read = _read(call, number)
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "paike_verify", "recount", str(log)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    recount = time.perf_counter() - begun
    assert f'"accepted":{number}' in done.stdout.replace(" ", ""), done.stdout + done.stderr
    return {
        "ballots": number,
        "stored_per_second": round(number / stored),
        "sequenced_per_second": round(number / sequenced),
        "detection_reads_seconds": round(read, 1),
        "recount_seconds": round(recount, 1),
        "recount_per_second": round(number / recount),
        **{name: round(value) for name, value in disk.items()},
        "sequencer_mb_at_a_quarter": memory[0],
        "sequencer_mb_at_the_end": memory[-1],
        "extrapolated_hours_to_store": round(WHOLE / (number / stored) / 3600, 2),
        "extrapolated_gb_database": round(disk["database_mb_per_million"] * WHOLE / 1e9, 1),
        "extrapolated_gb_log": round(disk["log_mb_per_million"] * WHOLE / 1e9, 1),
        "extrapolated_recount_minutes": round(WHOLE / (number / recount) / 60, 1),
    }


def _store(call: polling.Call, number: int) -> float:
    """Seconds to store `number` ballots, each with its leaf, in batches, one connection."""
    import asyncio

    from paike.config import intake

    casts = polling.casts(call, number)

    async def store() -> float:
        from paike.voting.actions import batches
        from paike.voting.actions.wire import Wire

        wire, rule = Wire(batches.connect(intake.parameters())), call.rule

        async def keep(batch: list[batches.Cast]) -> None:
            await batches.commit(
                wire.run, batch, campaign_id=call.campaign_id, rule=rule, candidates=0
            )

        begun = time.perf_counter()
        batch = []
        for cast in casts:
            batch.append(cast)
            if len(batch) == BATCH:
                await keep(batch)
                batch = []
        if batch:
            await keep(batch)
        seconds = time.perf_counter() - begun
        wire.close()
        return seconds

    return asyncio.run(store())


def _sequence(number: int) -> tuple[float, list[int]]:
    """Seconds until all has its place and is published, and this process's memory on the way."""
    from django.conf import settings

    from paike.config import sequencer
    from paike.kernel import clock
    from paike.voting.adapters import publishing

    published = publishing.Publisher(settings.BALLOT_LOGS, now=clock.now)
    published.check()
    memory: list[int] = []
    done, begun = 0, time.perf_counter()

    def publish(added: Any) -> None:  # noqa: ANN401 - sequencing.Sequenced, imported late
        nonlocal done
        published.add(added)
        done += len(added.entries)
        if done * 4 >= number * (len(memory) + 1):
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)

    while sequencer.turn(publish):
        pass
    published.reveal()
    seconds = time.perf_counter() - begun
    published.close()
    memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    return seconds, memory


def _read(call: polling.Call, number: int) -> float:
    """Seconds that the detectors wait for all ballots of the call."""
    from paike.campaigns.models import Campaign
    from paike.voting.queries import detection_inputs

    campaign = Campaign.objects.get(pk=call.campaign_id)
    begun = time.perf_counter()
    found = detection_inputs.of_campaign(campaign, jury_ranks={})
    seconds = time.perf_counter() - begun
    assert len(found.contest.columns) == number, len(found.contest.columns)
    return seconds


def _database_bytes() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
            "WHERE relname IN ('voting_ballot', 'voting_logentry')"
        )
        return int(cursor.fetchone()[0])


def _folder_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
