"""The object store in memory, for tests."""

import contextlib
import io
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

from paike.objects import ports


class MemoryStore:
    """Objects live in a dictionary. `is_full`: it takes nothing more."""

    def __init__(self) -> None:
        self._objects: dict[str, bytes] = {}
        self.is_full = False

    def put_file(self, key: str, path: Path) -> None:
        if self.is_full:
            raise ports.StoreFull(key)
        self._objects[ports.check_key(key)] = path.read_bytes()

    def open_read(self, key: str) -> IO[bytes]:
        return io.BytesIO(self._bytes(key))

    def read_range(self, key: str, start: int, length: int) -> bytes:
        return self._bytes(key)[start : start + length]

    def stat(self, key: str) -> int:
        return len(self._bytes(key))

    def delete(self, key: str) -> None:
        self._objects.pop(ports.check_key(key), None)

    def presigned_get(self, key: str, seconds: int) -> str | None:
        ports.check_key(key)
        return None

    def materialise(self, key: str) -> AbstractContextManager[Path]:
        return self._lend(key)

    @contextlib.contextmanager
    def _lend(self, key: str) -> Iterator[Path]:
        content = self._bytes(key)
        with tempfile.TemporaryDirectory(prefix="paike-object-") as folder:
            path = Path(folder) / "object"
            path.write_bytes(content)
            yield path

    def _bytes(self, key: str) -> bytes:
        try:
            return self._objects[ports.check_key(key)]
        except KeyError as fault:
            raise ports.NoSuchObject(key) from fault
