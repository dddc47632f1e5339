"""Whether anybody voted more often than allowed: every tag of every period, in files on the disk,
so that the memory needed does not grow with the vote."""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from paike_verify.forms import Rule

WAITING = 2048  # lines kept in memory for each file


class Tags:
    """A context in which tags are noted and then compared."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="paike-verify-")
        self._waiting: defaultdict[int, list[bytes]] = defaultdict(list)

    def __enter__(self) -> "Tags":
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def note(self, tag: bytes, period: bytes, index: int, works: bytes) -> None:
        """A ballot: its tag, its period, its place, what it names."""
        lines = self._waiting[tag[0]]
        lines.append(b"%s %s %d %s\n" % (tag, period, index, works))
        if len(lines) >= WAITING:
            self._write(tag[0])

    def used_too_often(self, rule: Rule) -> Iterator[tuple[int, int, str]]:
        """(index, index of the first ballot, why) of each ballot too many."""
        for number in list(self._waiting):
            self._write(number)
        for path in sorted(Path(self._folder.name).iterdir()):
            yield from _too_often(path, rule)

    def _write(self, number: int) -> None:
        with (Path(self._folder.name) / f"{number:02x}").open("ab") as file:
            file.write(b"".join(self._waiting[number]))
        self._waiting[number].clear()


def _too_often(path: Path, rule: Rule) -> Iterator[tuple[int, int, str]]:
    first: dict[bytes, int] = {}
    several: defaultdict[bytes, list[tuple[int, bytes]]] = defaultdict(list)
    with path.open("rb") as file:
        for line in file:
            name, place, works = line.rstrip(b"\n").rsplit(b" ", 2)
            if name in first or rule.per_period > 1:
                several[name].append((int(place), works))
            first.setdefault(name, int(place))
    for name, found in several.items():
        votes: Counter[bytes] = Counter()
        start = 1 if rule.per_period > 1 else 2
        for number, (index, works) in enumerate(found, start=start):
            votes.update(works.split(b","))
            if number > rule.per_period:
                yield index, first[name], "tag"
            elif max(votes.values()) > rule.per_work:
                yield index, first[name], "per-work"
