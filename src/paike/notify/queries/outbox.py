"""The development outbox: the last mails and SMS, readable on a page. A file in the data folder,
so that web and worker processes share it; it exists in development installations only."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

KEPT = 200


@dataclass(frozen=True)
class Kept:
    """A mail or SMS as the outbox keeps it; `at` in ISO format."""

    at: str
    channel: str
    to: str
    subject: str
    text: str


def path() -> Path:
    return Path(settings.DATA) / "development" / "outbox.jsonl"


def letters(*, to: str = "") -> list[Kept]:
    """What was sent, latest first; `to` narrows it to one phone number or address."""
    if not settings.DEVELOPMENT or not path().exists():
        return []
    with _locked():
        found = _read()
    return [kept for kept in reversed(found) if not to or kept.to == to]


def keep(kept: Kept) -> None:
    """Add one; the oldest beyond the last 200 are forgotten. Only in development."""
    if not settings.DEVELOPMENT:
        return
    path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked():
        rows = [*_read(), kept][-KEPT:]
        partial = path().with_suffix(".partial")
        partial.write_text(
            "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows),
            encoding="utf-8",
        )
        partial.replace(path())


@contextmanager
def _locked() -> Iterator[None]:
    with path().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read() -> list[Kept]:
    if not path().exists():
        return []
    lines = path().read_text(encoding="utf-8").splitlines()
    return [Kept(**json.loads(line)) for line in lines if line]
