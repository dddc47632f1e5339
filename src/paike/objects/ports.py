"""Where files live. One port; the rest of Paike never sees a path of the store.

with ports.store().materialise(key) as path: ...     # code that needs a file of its own
ports.store().read_range(key, 0, 65536)              # code that needs bytes
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Protocol

from paike.kernel.text import Text

KEY = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*")
KEY_LENGTH = 200


class StoreFault(Exception):
    """The store could not do what was asked. `text` says so to people."""

    text = Text(
        zh="文件存储出了问题，请稍后再试。", en="The file store has a problem. Try again later."
    )


class NoSuchObject(StoreFault):
    """Nothing is stored under this key."""

    text = Text(zh="文件不存在。", en="The file does not exist.")


class StoreFull(StoreFault):
    """No space left; nothing of the file was kept."""

    text = Text(
        zh="服务器存储空间已满，文件没有保存。请联系主办方后重试。",
        en="The server's storage is full and the file was not kept. Tell the organiser, then try again.",
    )


class StoreUnreachable(StoreFault):
    """The store does not answer, or refuses us. Worth trying again."""

    text = Text(
        zh="暂时连不上文件存储，请稍后再试。",
        en="The file store can't be reached. Try again later.",
    )


class BadKey(ValueError):
    """Not a key: lower-case letters, digits, `.`, `_`, `-` in parts divided by `/`."""


class ObjectStore(Protocol):
    """Files under keys. A stored object never changes; storing the same key again replaces it
    whole, and a reader sees either the old file or the new one, never a part."""

    def put_file(self, key: str, path: Path) -> None:
        """Store a copy of the file. Durable when it returns. Raises StoreFull, StoreUnreachable."""

    def open_read(self, key: str) -> IO[bytes]:
        """The object as a seekable binary file; close it. Raises NoSuchObject."""

    def read_range(self, key: str, start: int, length: int) -> bytes:
        """At most `length` bytes from `start`; fewer only at the end. Raises NoSuchObject."""

    def stat(self, key: str) -> int:
        """The object's size in bytes. Raises NoSuchObject."""

    def delete(self, key: str) -> None:
        """Remove the object; no fault when there is none."""

    def presigned_get(self, key: str, seconds: int) -> str | None:
        """An address from which anybody may read the object for `seconds`, or None where the
        store has no address of its own."""

    def materialise(self, key: str) -> AbstractContextManager[Path]:
        """The object as a local file to read, for as long as the context lasts. Do not write it."""


def check_key(key: str) -> str:
    """The key itself when it is one. Raises BadKey."""
    if len(key) > KEY_LENGTH or not KEY.fullmatch(key):
        raise BadKey(f"“{key[:KEY_LENGTH]}” is not a key of the object store")
    return key


_make: Callable[[], ObjectStore] | None = None
_store: ObjectStore | None = None


def use(make: Callable[[], ObjectStore]) -> None:
    """Say how the store is made; it is made when first asked for. Called by config.wiring."""
    global _make, _store
    _make, _store = make, None


def store() -> ObjectStore:
    """The store of this installation. Raises RuntimeError when none was wired."""
    global _store
    if _store is None:
        if _make is None:
            raise RuntimeError("No object store was wired (objects.ports.use).")
        _store = _make()
    return _store
