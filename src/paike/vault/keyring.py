"""The keys of the vault: a file in the data folder, made once, readable by its owner only."""

import base64
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Key:
    """`id`: 4 bytes; `secret`: 32 bytes."""

    id: bytes
    secret: bytes


class NoKeyring(Exception):
    """The keyring file is missing: without it nothing personal can be read or stored."""


def create(path: Path) -> None:
    """Write a new keyring with one key. An existing file is never touched."""
    if path.exists():
        return
    body = {"index": _text(os.urandom(32)), "keys": [_new_key()]}
    _write(path, body)
    _load.cache_clear()


def add_key(path: Path) -> str:
    """Add a key, which becomes the current one; returns its id in hexadecimal."""
    body = json.loads(path.read_text(encoding="ascii"))
    body["keys"].append(_new_key())
    _write(path, body)
    _load.cache_clear()
    return str(body["keys"][-1]["id"])


def current() -> Key:
    """The key that seals new values: the last one in the file."""
    return _ring()[1][-1]


def by_id(key_id: bytes) -> Key | None:
    """The key with this id, or None. Reads the file again once, for a key added meanwhile."""
    for attempt in range(2):
        for key in _ring()[1]:
            if key.id == key_id:
                return key
        if attempt == 0:
            _load.cache_clear()
    return None


def index_secret() -> bytes:
    """The secret of the blind indexes; it is not rotated with the keys."""
    return _ring()[0]


def _ring() -> tuple[bytes, tuple[Key, ...]]:
    return _load(Path(settings.KEYRING_FILE))


@lru_cache(maxsize=4)
def _load(path: Path) -> tuple[bytes, tuple[Key, ...]]:
    try:
        body = json.loads(path.read_text(encoding="ascii"))
    except FileNotFoundError as fault:
        raise NoKeyring(
            f"{path} is missing. `paike up` makes one for a new data folder."
        ) from fault
    keys = tuple(
        Key(id=bytes.fromhex(key["id"]), secret=base64.b64decode(key["secret"]))
        for key in body["keys"]
    )
    return base64.b64decode(body["index"]), keys


def _new_key() -> dict[str, str]:
    return {"id": os.urandom(4).hex(), "secret": _text(os.urandom(32))}


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _write(path: Path, body: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(body, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
