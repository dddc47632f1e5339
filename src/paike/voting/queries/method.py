"""Which program looks for stuffed ballots."""

import functools
import hashlib
from pathlib import Path

from paike.voting.rules import detection

_DIGITS = 16


@functools.cache
def digest() -> str:
    """16 hexadecimal digits of SHA-256 over the detectors' program. The rulebook freezes their
    thresholds; what is decided in the program itself is as public and as frozen through this: the log
    states it with the rules, and with every quarantine."""
    folder = Path(detection.__file__).parent
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        body = path.read_bytes()
        found.update(f"{path.relative_to(folder).as_posix()} {len(body)}\n".encode())
        found.update(body)
    return found.hexdigest()[:_DIGITS]
