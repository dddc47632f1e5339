"""The keys of the vault: a file in the data folder, made once, readable by its owner only."""

import base64
import fcntl
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True, repr=False)
class Key:
    """`id`: 4 bytes; `secret`: 32 bytes."""

    id: bytes
    secret: bytes

    def __repr__(self) -> str:  # a key never shows itself in a log or traceback
        return f"Key({self.id.hex()})"


class NoKeyring(Exception):
    """The keyring file is missing: without it nothing personal can be read or stored."""


class OpenToOthers(Exception):
    """The keyring file can be read by other users of the machine."""


def create(path: Path) -> None:
    """Write a new keyring with one key. An existing file is never touched."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked(path):
        if not path.exists():
            _write(path, {"index": _text(os.urandom(32)), "keys": [_new_key()]})


def add_key(path: Path, *, now: datetime | None = None) -> str:
    """Add a key, which becomes the current one; returns its id in hexadecimal."""
    with _locked(path):
        body = json.loads(path.read_text(encoding="ascii"))
        key = _new_key() | ({"made_at": now.isoformat()} if now else {})
        body["keys"].append(key)
        _write(path, body)
    return key["id"]


def current() -> Key:
    """The key that seals new values: the last one in the file."""
    return _ring()[1][-1]


def by_id(key_id: bytes) -> Key | None:
    """The key with this id, or None."""
    return next((key for key in _ring()[1] if key.id == key_id), None)


def index_secret() -> bytes:
    """The secret of the blind indexes; it is not rotated with the keys."""
    return _ring()[0]


def _ring() -> tuple[bytes, tuple[Key, ...]]:
    """The keys as they stand in the file now: one `stat` per call, so that a running process seals
    with a new key from the moment a rotation has added it."""
    path = Path(settings.KEYRING_FILE)
    try:
        found = path.stat()
    except FileNotFoundError as fault:
        raise NoKeyring(
            f"{path} is missing. `paike up` makes one for a new data folder."
        ) from fault
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise OpenToOthers(f"{path} can be read by others. Run: chmod 600 {path}")
    return _load(path, found.st_ino, found.st_mtime_ns)


@lru_cache(maxsize=4)
def _load(path: Path, inode: int, changed: int) -> tuple[bytes, tuple[Key, ...]]:
    body: dict[str, Any] = json.loads(path.read_text(encoding="ascii"))
    keys = tuple(
        Key(id=bytes.fromhex(key["id"]), secret=base64.b64decode(key["secret"]))
        for key in body["keys"]
    )
    return base64.b64decode(body["index"]), keys


def _new_key() -> dict[str, str]:
    return {"id": os.urandom(4).hex(), "secret": _text(os.urandom(32))}


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, body: object) -> None:
    partial = path.with_suffix(".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(body, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
