"""The test vectors of docs/spec/ballot-log.md: what every implementation of the format must say.

    python -m tools.ballot_log_vectors            print them
    python -m tools.ballot_log_vectors --write    into docs/spec/ballot-log/vectors.json

The key and every voter follow from fixed words, so they are the same each time.
"""

import base64
import json
import sys
from pathlib import Path
from typing import Any

from tests.factories import ballot_log

from paike.voting.rules.ballot_log import merkle, proofs, tiles
from paike.voting.rules.ballot_log.checkpoints import Checkpoint
from paike.voting.rules.ballot_log.tiles import Tile

FILE = Path(__file__).parent.parent / "docs" / "spec" / "ballot-log" / "vectors.json"
SIZES = (1, 2, 3, 4, 5, 7, 8, 12)


def made() -> dict[str, Any]:
    """All vectors."""
    log = ballot_log.MadeLog().begin()
    log.ballots(6)
    log.quarantine("q-1", [[4, 5]], at="2021-07-02T00:00:00Z")
    log.rule_on("q-1", "void", at="2021-07-03T00:00:00Z")
    log.close()
    log.count()
    hashes = [merkle.leaf_hash(entry) for entry in log.entries]

    def node(level: int, index: int) -> bytes:
        return merkle.Tree(hashes[index << level : (index + 1) << level]).root

    whole = len(hashes)
    note = ballot_log.checkpoint(Checkpoint(ballot_log.ORIGIN, whole, merkle.root_of(whole, node)))
    return {
        "vkey": ballot_log.VKEY,
        "origin": ballot_log.ORIGIN,
        "entries": [entry.decode() for entry in log.entries],
        "leaf_hashes": [_text(each) for each in hashes],
        "roots": {str(size): _text(merkle.root_of(size, node)) for size in SIZES},
        "inclusion": [
            {"index": at, "size": size, "path": _texts(merkle.inclusion(at, size, node))}
            for size in SIZES
            for at in range(size)
        ],
        "consistency": [
            {"old": old, "new": new, "path": _texts(merkle.consistency(old, new, node))}
            for new in SIZES
            for old in SIZES
            if old < new
        ],
        "bundle": _text(tiles.pack(log.entries)),
        "paths": {
            name: Tile(level, index, width).path
            for name, (level, index, width) in {
                "level 0, tile 0, full": (0, 0, 256),
                "level 0, tile 1234067, full": (0, 1234067, 256),
                "level 1, tile 5, 17 hashes": (1, 5, 17),
                "entries, tile 1001, 3 entries": (tiles.ENTRIES, 1001, 3),
            }.items()
        },
        "checkpoint": note,
        "receipt": log.receipt(
            3,
            voter="v1",
            period="2021-07-01",
            proof=proofs.tlog_proof(3, merkle.inclusion(3, whole, node), note),
        ),
        "count": json.loads(log.entries[-1]),
    }


def text() -> str:
    """The file's text."""
    return json.dumps(made(), ensure_ascii=False, indent=1) + "\n"


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _texts(path: list[bytes]) -> list[str]:
    return [_text(each) for each in path]


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        FILE.write_text(text(), encoding="utf-8")
    else:
        print(text(), end="")
