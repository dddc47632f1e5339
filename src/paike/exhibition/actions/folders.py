"""A folder that is written aside and put in place at once, with the sum of every file."""

import ctypes
import hashlib
import os
import shutil
import sys
import uuid
import zlib
from pathlib import Path
from types import TracebackType

from paike.objects import ports

PIECE = 1024 * 1024
AT_FDCWD = -100
RENAME_EXCHANGE = 2


class Folder:
    """Collects files beside `target`; `put_in_place` swaps the whole. Left without it (an error),
    the target stays as it was."""

    def __init__(self, target: Path) -> None:
        self.target = target.resolve()
        self._new = self.target.with_name(f".{self.target.name}-{uuid.uuid4().hex}")
        self.sums: dict[str, str] = {}
        self.files: dict[str, dict[str, int]] = {}  # size and CRC-32, which a ZIP wants to know
        self.size = 0

    def __enter__(self) -> "Folder":
        self._new.mkdir(parents=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._new, ignore_errors=True)

    def write(self, path: str, content: bytes) -> None:
        """One file of the package."""
        self._place(path).write_bytes(content)
        self._note(path, hashlib.sha256(content).hexdigest(), len(content), zlib.crc32(content))

    def copy(self, path: str, key: str) -> None:
        """A file from the object store, piece by piece. Raises objects.ports.NoSuchObject."""
        place, digest, size, crc = self._place(path), hashlib.sha256(), 0, 0
        with ports.store().open_read(key) as source, place.open("wb") as copy:
            while piece := source.read(PIECE):
                copy.write(piece)
                digest.update(piece)
                size, crc = size + len(piece), zlib.crc32(piece, crc)
        self._note(path, digest.hexdigest(), size, crc)

    def put_in_place(self) -> None:
        """Swap the folders: readers find the old one or the new one. Where the system can't do it
        in one step, there is a moment of two renames with none."""
        for path in self._new.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        self._new.chmod(0o755)
        if not self.target.exists():
            self._new.replace(self.target)
            return
        if not exchange(self._new, self.target):
            old = self.target.with_name(f".{self.target.name}-{uuid.uuid4().hex}")
            self.target.replace(old)
            self._new.replace(self.target)
            shutil.rmtree(old, ignore_errors=True)

    def _note(self, path: str, digest: str, size: int, crc: int) -> None:
        self.sums[path], self.files[path] = digest, {"size": size, "crc32": crc}
        self.size += size

    def _place(self, path: str) -> Path:
        place = self._new / path
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step (Linux, renameat2); False where the system or the file system
    can't."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(rename(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0)


def clear_leftovers(target: Path) -> None:
    """Remove what builds of this target left that were killed. Only where no other build runs."""
    for path in target.parent.glob(f".{target.name}-*"):
        shutil.rmtree(path, ignore_errors=True)
