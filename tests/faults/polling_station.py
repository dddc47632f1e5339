"""The processes of a vote under supervision, and the judge of what they did."""

import base64
import contextlib
import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from paike.config.postgres import cluster, traces
from paike.voting.rules.ballot_log import checkpoints, merkle, notes
from tests.faults.installation import Installation, free_port, wait
from tests.faults.voters import Crowd


@dataclass
class Station:
    """The processes of a vote, started again when they die, and the checkpoints seen meanwhile."""

    installation: Installation
    ports: tuple[int, ...]  # one for each intake
    slug: str
    checkpoints: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _running: "dict[str, subprocess.Popen[str]]" = field(default_factory=dict)

    def open(self) -> None:
        self._thread = threading.Thread(target=self._care)
        self._thread.start()
        wait(
            lambda: all(self.answers(port) for port in self.ports),
            seconds=60,
            what="every intake answers",
        )

    def close(self) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join(60)

    def answers(self, port: int) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            url = f"http://127.0.0.1:{port}/intake/{self.slug}/state"
            answer = httpx.get(url, timeout=2, trust_env=False)
            return answer.status_code == 200 and bool(answer.json()["open"])
        return False

    def _care(self) -> None:
        commands = {f"intake {port}": ["intake", "--port", str(port)] for port in self.ports}
        commands["sequencer"] = ["sequencer"]
        while not self._stop.is_set():
            if not cluster.running(self.installation.data):
                with contextlib.suppress(Exception):  # a start too early is tried again
                    cluster.start(self.installation.data)
            for name, words in commands.items():
                process = self._running.get(name)
                if process is None or process.poll() is not None:
                    self._running[name] = self.installation.start(
                        "-m", "tests.faults.quiet", *words
                    )
            with contextlib.suppress(OSError):
                self.checkpoints.append(self.file("checkpoint").read_text(encoding="utf-8"))
            time.sleep(0.1)

    def file(self, name: str) -> Path:
        return self.installation.data / "ballot-logs" / self.slug / name

    def victims(self, kind: str) -> list[int]:
        """Processes of one kind: all of the database's, one of its, the intake, the sequencer."""
        if kind == "database":
            return list(traces.processes(cluster.folder(self.installation.data)))
        if kind == "backend":
            return list(traces.processes(cluster.folder(self.installation.data)))[-1:]
        return self.installation.children("tests.faults.quiet", f" {kind}")


def opened(
    installation: Installation,
    *,
    closes_in: float | None = None,
    intakes: int = 1,
    crowd: type[Crowd] = Crowd,
) -> tuple[Station, Crowd]:
    """A call in the middle of its vote, or `closes_in` seconds before its end, its processes, and
    voters who wait for the word, each at the intake of its share."""
    when = [] if closes_in is None else [str(closes_in)]
    output, _ = installation.start("-m", "tests.faults.open_vote", *when).communicate(timeout=90)
    made = json.loads(output.splitlines()[-1])
    station = Station(installation, tuple(free_port() for _ in range(intakes)), made["slug"])
    voters = crowd(
        tuple(f"http://127.0.0.1:{port}" for port in station.ports),
        made["slug"],
        bytes.fromhex(made["token_key"]),
        made["period"],
    )
    station.open()
    return station, voters


def judge(station: Station, crowd: Crowd) -> None:
    """Hold everything that voters were told against the database and the published log."""
    assert crowd.lost == []
    assert len(crowd.acknowledged) > 50
    with station.installation.connect() as database:
        wait(
            lambda: database.execute("SELECT count(*) FROM voting_pending").fetchone() == (0,),
            seconds=30,
            what="everything has its place",
        )
        rows = database.execute(
            "SELECT ballot.key, ballot.voter, ballot.entry, entry.index FROM voting_ballot ballot "
            "JOIN voting_logentry entry ON entry.ballot_id = ballot.id"
        ).fetchall()
        leaves = [
            bytes(row[0])
            for row in database.execute(
                "SELECT coalesce(ballot.entry, statement.body) FROM voting_logentry entry "
                "LEFT JOIN voting_ballot ballot ON ballot.id = entry.ballot_id "
                "LEFT JOIN voting_statement statement ON statement.id = entry.statement_id "
                "ORDER BY entry.index"
            ).fetchall()
        ]
        indexes = database.execute("SELECT index FROM voting_logentry ORDER BY index").fetchall()
        (ballots,) = database.execute("SELECT count(*) FROM voting_ballot").fetchone() or (0,)
    assert [row[0] for row in indexes] == list(range(len(indexes))), "a gap in the log"
    assert len(rows) == ballots, "a ballot without a place, or with two"
    by_key = {row[0].bytes: row for row in rows}
    assert len(by_key) == len({bytes(row[1]) for row in rows}) == len(rows), "a voter counted twice"
    for one in crowd.acknowledged:
        stored = by_key.get(one.key)
        assert stored is not None, "an acknowledged ballot is gone"
        assert bytes(stored[2]).decode() == one.receipt["entry"]
        _check_promise(one.receipt)
    _check_checkpoints(station, leaves)
    _check_as_anybody(station)


def _check_promise(receipt: dict) -> None:  # type: ignore[type-arg]  # as JSON has it
    promise = receipt["promise"]
    root = merkle.root_by_path(
        merkle.leaf_hash(receipt["entry"].encode()),
        index=promise["index"],
        size=promise["size"],
        path=[base64.b64decode(each) for each in promise["path"]],
    )
    assert root is not None
    note = notes.parse(promise["note"])
    assert note.text == (
        f"paike-promise/v1\n{receipt['origin']}\n{base64.b64encode(root).decode()}\n"
    )
    assert notes.is_signed(note, key=notes.parse_key(receipt["vkey"]), verify=_verify)


def _check_checkpoints(station: Station, leaves: list[bytes]) -> None:
    """Every checkpoint anybody could have seen is a prefix of the log as it is."""
    wait(
        lambda: _size(station.file("checkpoint").read_text(encoding="utf-8")) == len(leaves),
        seconds=30,
        what="all is published",
    )
    roots, head = {0: merkle.EMPTY}, merkle.Frontier()
    for leaf in leaves:
        head.append(merkle.leaf_hash(leaf))
        roots[head.size] = head.root()
    seen = {*station.checkpoints, station.file("checkpoint").read_text(encoding="utf-8")} - {""}
    for text in seen:
        checkpoint = checkpoints.parse(text)
        assert checkpoint.root == roots[checkpoint.size]


def _size(text: str) -> int:
    return checkpoints.parse(text).size


def _check_as_anybody(station: Station) -> None:
    """The independent program says so too."""
    folder = str(station.file("."))
    done = subprocess.run(
        [sys.executable, "-m", "paike_verify", "log", folder],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def _verify(public_key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True
