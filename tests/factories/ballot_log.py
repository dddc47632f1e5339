"""Whole ballot logs without a database, as the sequencer would publish them, with a fixed key."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from paike.kernel import canonical_json
from paike.voting.adapters.durable_folder import Disk, DurableFolder
from paike.voting.adapters.log_files import LogFiles
from paike.voting.rules.ballot_log import leaves, merkle, notes, promises
from paike.voting.rules.ballot_log.checkpoints import Checkpoint

ORIGIN = "paike.example/c/spring/ballot-log"
KEY = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"the log's key").digest())
PUBLIC = KEY.public_key().public_bytes_raw()
VKEY = notes.verifier_key(ORIGIN, PUBLIC)
RULE: dict[str, Any] = {
    "identity": "phone",
    "period": "day",
    "period_minutes": None,
    "ballots_per_period": 1,
    "works_min": 5,
    "works_max": 5,
    "per_work_max": 1,
    "opens": "2021-07-01T00:00:00+08:00",
    "closes": "2021-07-08T00:00:00+08:00",
    "counts": "live",
}
WORKS = tuple(range(1, 21))


def secret(*parts: str) -> bytes:
    """32 bytes that follow from `parts` alone."""
    return hashlib.sha256("|".join(parts).encode()).digest()


@dataclass
class MadeLog:
    """A log under construction; `entries` may be changed at will before it is written."""

    rule: dict[str, Any] = field(default_factory=lambda: dict(RULE))
    works: Sequence[int] = WORKS
    entries: list[bytes] = field(default_factory=list)

    def state(self, kind: str, **body: Any) -> int:
        """A statement; returns its index."""
        self.entries.append(canonical_json.dumps({"k": kind, **body}))
        return len(self.entries) - 1

    def begin(self) -> "MadeLog":
        """Rules and opening."""
        at = "2021-06-30T08:00:00Z"
        self.state(
            "rules", hash="0" * 64, rulebook="spring", ballot=self.rule, detection={},
            zone="Asia/Shanghai", works=sorted(self.works), at=at,
        )  # fmt: skip
        self.state("open", at="2021-06-30T16:00:00Z")
        return self

    def ballot(self, voter: str, works: Sequence[int], *, period: str = "2021-07-01") -> int:
        """A voter's ballot of a period; returns its index."""
        reference = secret("voter", voter)[:16]
        entry = leaves.ballot(
            period=period,
            tag=secret("tag", period, voter)[:16],
            commitment=hashlib.sha256(secret("salt", voter, period)[:16] + reference).digest(),
            works=sorted(works),
        )
        self.entries.append(entry)
        return len(self.entries) - 1

    def five(self, number: int) -> list[int]:
        """Five works that follow from a number."""
        return [(number * 7 + step * 3) % len(self.works) + 1 for step in range(5)]

    def ballots(self, number: int, *, period: str = "2021-07-01", prefix: str = "v") -> None:
        for one in range(number):
            self.ballot(f"{prefix}{one}", self.five(one), period=period)

    def quarantine(
        self, name: str, ranges: Sequence[Sequence[int]], *, at: str, work: int = 1
    ) -> int:
        return self.state(
            "quarantine", id=name, work=work, rules=["burst", "fillers"], evidence="0" * 64,
            ballots=[list(each) for each in ranges], part=1, parts=1, at=at,
        )  # fmt: skip

    def rule_on(self, name: str, act: str, *, at: str) -> int:
        return self.state(act, quarantine=name, by=["张三", "李四"], reason="见证据", at=at)

    def close(self) -> int:
        return self.state("close", at="2021-07-07T16:00:30Z")

    def count(self, *, number: int = 1, at: str = "2021-07-07T16:01:00Z", **wrong: Any) -> int:
        """The count, added up here in another way than `paike_verify` does; `wrong` replaces keys."""
        return self.state("count", **{**tally(self), "number": number, **wrong}, at=at)

    def write(self, folder: Path, *, turns: Sequence[int] = ()) -> Path:
        """The log's files; `turns` are sizes at which it is published before the end."""
        files = LogFiles(DurableFolder(Disk(folder.parent)), folder.name)
        files.put_key(VKEY)
        hashes = [merkle.leaf_hash(entry) for entry in self.entries]
        for size in (*turns, len(self.entries)):
            files.append(hashes[files.size : size])
            files.append_entries(self.entries[files.entries : size])
            files.publish(checkpoint, origin=ORIGIN)
        return folder

    def receipt(self, index: int, *, voter: str, period: str, proof: str | None) -> dict[str, Any]:
        """The receipt of the ballot at `index`, promised together with its neighbours."""
        first = max(0, index - 2)
        batch = self.entries[first : index + 3]
        promised = promises.promise(batch, origin=ORIGIN, public_key=PUBLIC, sign=KEY.sign)
        return {
            "format": "paike-receipt-1",
            "origin": ORIGIN,
            "vkey": VKEY,
            "code": "23456789ABCDEFGH",
            "entry": self.entries[index].decode(),
            "salt": leaves.base64url(secret("salt", voter, period)[:16]),
            "voter": leaves.base64url(secret("voter", voter)[:16]),
            "promise": {
                "note": promised.note,
                "index": index - first,
                "size": promised.size,
                "path": promised.path(index - first),
            },
            "proof": proof,
        }


def checkpoint(head: Checkpoint) -> str:
    """A head, signed by the log."""
    return notes.signed(head.text, name=ORIGIN, public_key=PUBLIC, sign=KEY.sign)


def tally(log: MadeLog) -> dict[str, Any]:  # noqa: C901 - one pass a kind, as the text has it
    """The count of everything in a log so far, straight from the specification."""
    values = [json.loads(entry) for entry in log.entries]
    works, zeroed, state, rules = set(log.works), set(), {}, {}
    for value in values:
        if value["k"] == "candidates":
            works = (works | set(value["add"])) - set(value["remove"])
        elif value["k"] == "sanction" and value["act"] == "zero-votes":
            zeroed.add(value["work"])
        elif value["k"] == "quarantine":
            rules[value["id"]] = value["rules"]
            for first, last in value["ballots"]:
                state.update(dict.fromkeys(range(first, last + 1), (value["id"], "quarantined")))
        elif value["k"] in ("release", "void"):
            now = {"release": "released", "void": "void"}[value["k"]]
            state = {
                index: (name, now if name == value["quarantine"] else was)
                for index, (name, was) in state.items()
            }
    counted: Counter[int] = Counter()
    ballots: Counter[str] = Counter()
    per_work: dict[str, Counter[str]] = {
        each: Counter() for each in ("quarantined", "released", "void")
    }
    per_rule: dict[str, Counter[str]] = {}
    for index, value in enumerate(values):
        if value["k"] != "ballot":
            continue
        name, now = state.get(index, ("", "valid"))
        ballots[now] += 1
        if now in ("valid", "released"):
            counted.update(value["w"])
        if name:
            per_work[now].update(str(work) for work in value["w"])
            for each in rules[name]:
                per_rule.setdefault(each, Counter())[now] += 1
    return {
        "accepted": sum(ballots.values()),
        "valid": ballots["valid"] + ballots["released"],
        "quarantined": ballots["quarantined"],
        "released": ballots["released"],
        "void": ballots["void"],
        "counted": {str(work): 0 if work in zeroed else counted[work] for work in works},
        "per_work": {now: dict(votes) for now, votes in per_work.items()},
        "per_rule": {each: dict(states) for each, states in per_rule.items()},
        "zeroed": sorted(zeroed),
    }
