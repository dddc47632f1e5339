"""A vote under load whose intake, sequencer and database are killed again and again, whose database
stands still, and whose disk is full: what was acknowledged is there, once, in the log, provably."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from paike.config.postgres import cluster
from tests.faults import polling_station
from tests.faults.installation import Installation, wait
from tests.faults.polling_station import Station
from tests.faults.voters import Crowd, Pushers

pytestmark = pytest.mark.faults

# 200 and more on a machine that has time; the same test.
ROUNDS = int(os.environ.get("PAIKE_VOTE_ROUNDS", "20"))


@pytest.fixture
def vote(ready: Installation) -> Iterator[tuple[Station, Crowd]]:
    station, crowd = polling_station.opened(ready)
    try:
        yield station, crowd
    finally:
        crowd.send_home()
        station.close()


def test_whoever_dies_every_acknowledged_ballot_is_there_once(vote: tuple[Station, Crowd]) -> None:
    station, crowd = vote
    chance = random.Random(ROUNDS)
    crowd.start()
    killed: Counter[str] = Counter()
    for _ in range(ROUNDS):
        time.sleep(chance.uniform(0.05, 0.6))
        kind = chance.choice(["intake", "intake", "sequencer", "sequencer", "database", "backend"])
        found = station.victims(kind)
        for pid in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        killed[kind] += bool(found)
        crowd.wait_for(5, seconds=90, what=f"ballots are taken again after the end of {kind}")
    crowd.stop()
    assert sum(killed.values()) >= ROUNDS * 0.8, killed
    polling_station.judge(station, crowd)


def test_two_intakes_share_nothing_but_the_database(ready: Installation) -> None:
    """Whoever sends a ballot to both, and another one at once, has one ballot and one receipt; either
    intake may die. One sequencer gives them all their places."""
    station, crowd = polling_station.opened(ready, intakes=2, crowd=Pushers)
    try:
        crowd.start()
        for _ in range(3):
            crowd.wait_for(60, seconds=60, what="ballots are taken")
            os.kill(station.victims("intake")[-1], signal.SIGKILL)
        crowd.wait_for(60, seconds=60, what="ballots are taken again")
        crowd.stop()
        assert crowd.answers["409"] > 50
        polling_station.judge(station, crowd)
    finally:
        crowd.send_home()
        station.close()


def test_a_database_that_stands_still_refuses_and_loses_nothing(
    vote: tuple[Station, Crowd],
) -> None:
    station, crowd = vote
    crowd.start()
    crowd.wait_for(20, seconds=30, what="ballots are taken")
    stopped = station.victims("database")
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    time.sleep(0.5)
    before = len(crowd.acknowledged)
    time.sleep(4.5)
    assert len(crowd.acknowledged) == before, "acknowledged while nothing could be stored"
    for pid in stopped:
        os.kill(pid, signal.SIGCONT)
    crowd.wait_for(20, seconds=30, what="it goes on")
    crowd.stop()
    polling_station.judge(station, crowd)


def test_a_vote_that_closes_under_load(ready: Installation) -> None:
    """Who was acknowledged before the close is counted, who was told that it is closed is not, and
    nothing stands in the log behind the close."""
    station, crowd = polling_station.opened(ready, closes_in=20)
    try:
        crowd.start()
        wait(lambda: len(crowd.too_late) > 100, seconds=60, what="the vote closes")
        taken = len(crowd.acknowledged)
        time.sleep(2)
        crowd.stop()
        assert taken > 100
        assert len(crowd.acknowledged) == taken, "acknowledged after the close"
        with ready.connect() as database:
            wait(
                lambda: database.execute(
                    "SELECT 1 FROM voting_logentry JOIN voting_statement statement"
                    " ON statement.id = statement_id WHERE statement.kind = 'close'"
                ).fetchone(),
                seconds=90,
                what="the close stands in the log",
            )
            keys = {row[0].bytes for row in database.execute("SELECT key FROM voting_ballot")}
        assert not keys & set(crowd.too_late), "told that it is closed, and counted"
        assert {one.key for one in crowd.acknowledged} == keys
        polling_station.judge(station, crowd)  # and the verifier finds no ballot behind the close
    finally:
        crowd.send_home()
        station.close()


def test_a_database_of_yesterday_does_not_tell_another_history(
    vote: tuple[Station, Crowd], tmp_path: Path
) -> None:
    """The drill: a backup, more ballots, a disaster, the backup restored beside what was published."""
    station, crowd = vote
    crowd.start()
    crowd.wait_for(60, seconds=60, what="ballots are taken")
    backup = tmp_path / "backup.tar"
    assert station.installation.paike("backup", "--with-keys", str(backup)).returncode == 0
    crowd.wait_for(60, seconds=60, what="more ballots are taken")
    crowd.stop()
    polling_station.judge(station, crowd)
    restored = Installation(data=tmp_path / "restored")
    assert restored.paike("restore", str(backup)).returncode == 0
    cluster.start(restored.data)
    try:
        # What lies here fits, and tells nothing of what was published since.
        for command in (["sequencer"], ["log", "check"], ["up", "--port", "0"]):
            refused = restored.paike(*command)
            assert refused.returncode == 1
            assert "paike log confirm" in refused.stderr
        assert not (restored.data / "ballot-logs" / station.slug / "tile").exists()
        # The newest checkpoint that can be found tells: ballots are missing.
        confirm = ["log", "confirm", "--campaign", station.slug, "--checkpoint"]
        refused = restored.paike(*confirm, str(station.file("checkpoint")))
        assert refused.returncode == 1
        assert "旧备份" in refused.stderr
        assert "old backup" in refused.stderr
        # Where it is the one of the backup, nothing is missing, and the log is made again.
        own = restored.data / "ballot-logs" / station.slug / "checkpoint"
        done = restored.paike(*confirm, str(own))
        assert done.returncode == 0, done.stderr
        assert (own.parent / "tile").exists()
        assert restored.paike("log", "check").returncode == 0
    finally:
        restored.end()


@pytest.mark.parametrize("what", ["everything", "log"])
def test_a_full_disk_refuses_and_loses_nothing(migrated: Path, tmp_path: Path, what: str) -> None:
    """In a mount namespace of its own, with a small file system in memory as its disk. Where the
    database's own log finds no room, it panics, and the intake ends with it."""
    alone = ["--mount"] if os.geteuid() == 0 else ["--user", "--map-root-user", "--mount"]
    done = subprocess.run(
        ["unshare", *alone, sys.executable, "-m", "tests.faults.full_disk", what, migrated, tmp_path],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
