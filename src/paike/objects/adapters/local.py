"""The object store as a folder: the default of an installation on one machine."""

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

from paike.objects import ports

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
PARTIAL = ".partial"  # keys start with a letter or digit, so no key can name such a file


class LocalStore:
    """Objects are files below `folder`. A file appears by rename after its bytes are on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put_file(self, key: str, path: Path) -> None:
        target = self._at(key)
        partial = target.with_name(f"{PARTIAL}-{secrets.token_hex(8)}")
        try:
            self._make_folder(target.parent)
            with path.open("rb") as source, partial.open("xb") as copy:
                shutil.copyfileobj(source, copy, 1024 * 1024)
                copy.flush()
                os.fsync(copy.fileno())
            partial.replace(target)
            _sync_folder(target.parent)
        except OSError as fault:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
            if fault.errno in FULL:
                raise ports.StoreFull(key) from fault
            raise

    def open_read(self, key: str) -> IO[bytes]:
        try:
            return self._at(key).open("rb")
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as fault:
            raise ports.NoSuchObject(key) from fault

    def read_range(self, key: str, start: int, length: int) -> bytes:
        with self.open_read(key) as file:
            file.seek(start)
            return file.read(length)

    def stat(self, key: str) -> int:
        with self.open_read(key) as file:
            return os.fstat(file.fileno()).st_size

    def delete(self, key: str) -> None:
        path = self._at(key)
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()
            _sync_folder(path.parent)

    def presigned_get(self, key: str, seconds: int) -> str | None:
        ports.check_key(key)
        return None

    def materialise(self, key: str) -> AbstractContextManager[Path]:
        return self._lend(key)

    @contextlib.contextmanager
    def _lend(self, key: str) -> Iterator[Path]:
        self.stat(key)
        yield self._at(key)

    def _at(self, key: str) -> Path:
        return self._folder / ports.check_key(key)

    def _make_folder(self, folder: Path) -> None:
        """Like mkdir -p, and durable: every folder made is recorded on disk in its parent."""
        if folder.is_dir():
            return
        if folder != folder.parent:
            self._make_folder(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
