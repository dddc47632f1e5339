"""A jury in a made log: hashes of its piles, and the piles."""

import hashlib
from collections.abc import Mapping
from typing import Any

from paike.kernel import canonical_json
from tests.factories.ballot_log import MadeLog

SEALED, OPENED = "2021-07-10T00:00:00Z", "2021-07-20T00:00:00Z"
SALT = b"\x01" * 16
CRITERIA = ["story", "picture"]
Marks = Mapping[str, list[int]]


def commit(made: MadeLog, seat: int, marks: Marks, *, at: str = SEALED) -> int:
    """The hash of a pile; returns its index."""
    pile = canonical_json.dumps({"criteria": CRITERIA, "marks": dict(marks), "seat": seat})
    digest = hashlib.sha256(SALT + pile).hexdigest()
    return made.state("jury-commit", seat=seat, sheets=digest, at=at)


def unseal(made: MadeLog, seat: int, marks: Marks, **other: Any) -> int:
    """The pile itself, or with `other` values something else; returns its index."""
    said: dict[str, Any] = {"salt": SALT.hex(), "criteria": CRITERIA, "part": 1, "parts": 1}
    return made.state("jury-open", seat=seat, marks=dict(marks), at=OPENED, **{**said, **other})


def state_all(made: MadeLog, piles: Mapping[int, Marks]) -> None:
    """The hashes of all piles, then the piles."""
    for seat, marks in piles.items():
        commit(made, seat, marks)
    for seat, marks in piles.items():
        unseal(made, seat, marks)
