"""A folder whose files are replaced as a whole and stay replaced when the power fails."""

import os
import shutil
from pathlib import Path
from typing import Protocol


class System(Protocol):
    """What we ask of the operating system. Paths are relative to the folder, with `/`.

    Nothing is promised to last but what was synced: a file's content by `sync`, its name (made,
    renamed, removed) by `sync_folder` of the folder it is in.
    """

    def read(self, path: str) -> bytes | None: ...
    def write(self, path: str, data: bytes) -> None: ...
    def sync(self, path: str) -> None: ...
    def rename(self, path: str, to: str) -> None: ...
    def make_folder(self, path: str) -> bool: ...
    def sync_folder(self, path: str) -> None: ...
    def remove(self, path: str) -> None: ...


class Disk:
    """The real one, below `root`. Files are readable for everybody: all of a log is public."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, path: str) -> bytes | None:
        try:
            return (self._root / path).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, path: str, data: bytes) -> None:
        (self._root / path).write_bytes(data)

    def sync(self, path: str) -> None:
        self._sync(self._root / path, os.O_RDONLY)

    def rename(self, path: str, to: str) -> None:
        (self._root / path).rename(self._root / to)

    def make_folder(self, path: str) -> bool:
        """False: it is there already."""
        try:
            (self._root / path).mkdir()
        except FileExistsError:
            return False
        if not path:
            self._sync(self._root.parent, os.O_RDONLY | os.O_DIRECTORY)
        return True

    def sync_folder(self, path: str) -> None:
        self._sync(self._root / path, os.O_RDONLY | os.O_DIRECTORY)

    def remove(self, path: str) -> None:
        """A file or a folder with all that is in it, if it is there."""
        place = self._root / path
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)

    def _sync(self, path: Path, flags: int) -> None:
        descriptor = os.open(path, flags | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class DurableFolder:
    """Files put into a folder. After `settle` all of them are there for good; before it, each is
    there as it was before or as it is now, never in between."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._known: set[str] = set()
        self._unsettled: set[str] = set()

    def get(self, path: str) -> bytes | None:
        return self._system.read(path)

    def put(self, path: str, data: bytes) -> None:
        """Make or replace a file."""
        folder = path.rpartition("/")[0]
        self._make(folder)
        fresh = f"{path}.new"
        self._system.write(fresh, data)
        self._system.sync(fresh)
        self._system.rename(fresh, path)
        self._unsettled.add(folder)

    def drop(self, path: str) -> None:
        """Remove a file or a folder; whether it is really gone does not matter to us."""
        self._system.remove(path)
        # What was below it has to be made anew.
        self._known = {one for one in self._known if one != path and not one.startswith(f"{path}/")}
        self._unsettled &= self._known

    def settle(self) -> None:
        """Wait until everything put so far will survive."""
        for folder in sorted(self._unsettled, key=len, reverse=True):
            self._system.sync_folder(folder)
        self._unsettled.clear()

    def _make(self, folder: str) -> None:
        if folder in self._known:
            return
        if folder:
            above = folder.rpartition("/")[0]
            self._make(above)
            # Also one that is there already: whoever made it may have died before its name lasted.
            self._unsettled.add(above)
        self._system.make_folder(folder)
        self._known.add(folder)
