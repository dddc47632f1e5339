"""A disk that loses what was not synced: whole writes, halves of them, names in any order."""

import random
from dataclasses import dataclass, field


class PowerCut(Exception):
    """The machine is off."""


@dataclass
class _File:
    content: bytes = b""
    lasting: bytes = b""


@dataclass
class TornDisk:
    """`adapters.durable_folder.System` in memory. At operation number `cut` the power fails;
    `after` is what a new start finds then."""

    cut: int | None = None
    names: dict[str, _File] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    operations: int = 0
    _lasting_names: dict[str, _File] = field(default_factory=dict)
    _lasting_folders: set[str] = field(default_factory=set)
    # By folder: what was done to names in it since it was synced.
    _undecided: dict[str, list[tuple[str, str, _File | None]]] = field(default_factory=dict)

    def read(self, path: str) -> bytes | None:
        found = self.names.get(path)
        return found.content if found else None

    def write(self, path: str, data: bytes) -> None:
        self._tick()
        assert _folder(path) in self.folders
        fresh = _File()
        fresh.content = data
        self.names[path] = fresh
        self._note("link", path, fresh)

    def sync(self, path: str) -> None:
        self._tick()
        self.names[path].lasting = self.names[path].content

    def rename(self, path: str, to: str) -> None:
        self._tick()
        assert _folder(path) == _folder(to)
        moved = self.names.pop(path)
        self.names[to] = moved
        self._note("move", f"{path}\n{to}", moved)

    def make_folder(self, path: str) -> bool:
        self._tick()
        if path in self.folders:
            return False
        self.folders.add(path)
        if path:
            self._note("folder", path, None)
        else:
            self._lasting_folders.add(path)
        return True

    def sync_folder(self, path: str) -> None:
        self._tick()
        for what, name, file in self._undecided.pop(path, []):
            self._decide(what, name, file, self._lasting_names, self._lasting_folders)

    def remove(self, path: str) -> None:
        self._tick()
        for name in [one for one in self.names if one == path or one.startswith(f"{path}/")]:
            del self.names[name]
            self._note("unlink", name, None)
        self.folders = {
            one for one in self.folders if one != path and not one.startswith(f"{path}/")
        }

    def after(self, seed: int) -> "TornDisk":
        """The disk as a new start may find it."""
        dice = random.Random(seed)
        names, folders = dict(self._lasting_names), set(self._lasting_folders)
        for undecided in self._undecided.values():
            for what, name, file in undecided:
                if dice.random() < 0.5:
                    self._decide(what, name, file, names, folders)
        found = TornDisk()
        found.folders = {one for one in folders if _reachable(one, folders)}
        for path, file in names.items():
            if _folder(path) in found.folders:
                found.names[path] = _torn(file, dice)
        found._lasting_names, found._lasting_folders = dict(found.names), set(found.folders)
        return found

    def _tick(self) -> None:
        self.operations += 1
        if self.operations == self.cut:
            raise PowerCut

    def _note(self, what: str, path: str, file: _File | None) -> None:
        self._undecided.setdefault(_folder(path.partition("\n")[0]), []).append((what, path, file))

    @staticmethod
    def _decide(
        what: str, name: str, file: _File | None, names: dict[str, _File], folders: set[str]
    ) -> None:
        if what == "folder":
            folders.add(name)
        elif what == "unlink":
            names.pop(name, None)
        elif file is not None:
            old, _, new = name.partition("\n")
            if new:
                names.pop(old, None)
            names[new or old] = file


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _reachable(folder: str, folders: set[str]) -> bool:
    while folder:
        if folder not in folders:
            return False
        folder = _folder(folder)
    return True


def _torn(file: _File, dice: random.Random) -> _File:
    """A file after the cut: what was synced, or any half-way to what was written."""
    new, length = file.content, len(file.content)
    half = dice.randrange(length + 1)
    states = [file.lasting]
    if file.lasting != new:
        states += [new, new[:half], bytes(length), new[:half] + bytes(length - half)]
    content = dice.choice(states)
    return _File(content, content)
