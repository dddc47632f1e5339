"""A folder that is written aside and put in place at once, with the sum of every file."""

import hashlib
import shutil
import uuid
from pathlib import Path
from types import TracebackType

from paike.objects import ports


class Folder:
    """Collects files beside `target`; `put_in_place` swaps the whole. Left without it (an error),
    the target stays as it was."""

    def __init__(self, target: Path) -> None:
        self.target = target.resolve()
        self._new = self.target.with_name(f".{self.target.name}-{uuid.uuid4().hex}")
        self.sums: dict[str, str] = {}
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
        self.sums[path] = hashlib.sha256(content).hexdigest()
        self.size += len(content)

    def copy(self, path: str, key: str) -> None:
        """A file from the object store. Raises objects.ports.NoSuchObject."""
        place = self._place(path)
        with ports.store().open_read(key) as source, place.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1024 * 1024)
        with place.open("rb") as copy:
            self.sums[path] = hashlib.file_digest(copy, "sha256").hexdigest()
        self.size += place.stat().st_size

    def put_in_place(self) -> None:
        """Swap: readers find the old folder or the new one, but for the moment of two renames."""
        old = self.target.with_name(f".{self.target.name}-old-{uuid.uuid4().hex}")
        for path in self._new.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        self._new.chmod(0o755)
        if self.target.exists():
            self.target.replace(old)
        self._new.replace(self.target)
        shutil.rmtree(old, ignore_errors=True)

    def _place(self, path: str) -> Path:
        place = self._new / path
        place.parent.mkdir(parents=True, exist_ok=True)
        return place
