"""The boxes of an ISO base media file (MP4, MOV): sizes, types, and reading them with bounds.

A file's own words are never trusted: every length is checked against what is there, and the number
of boxes and table rows is limited. `frontend/src/media/boxes.ts` is this module's twin.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Protocol

MAX_BOXES = 5000  # top-level boxes, or boxes inside one parent
MAX_INDEX = 16 * 1024 * 1024  # a moov or moof larger than this is not of a short film
MAX_OFFSET = 2**53 - 1  # what the browser's numbers hold; no film is so long
MAX_ROWS = 500_000  # rows of one table


class BoxFault(Exception):
    """The file breaks the format. `code` names how, `offset` where."""

    def __init__(self, code: str, offset: int, found: str = "") -> None:
        super().__init__(f"{code} at byte {offset}")
        self.code = code
        self.offset = offset
        self.found = found


class Reader(Protocol):
    """A file to look into without loading it."""

    size: int

    def read(self, offset: int, length: int) -> bytes:
        """At most `length` bytes from `offset`; fewer only at the end."""


class FileReader:
    """A Reader over a seekable binary file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = file.seek(0, 2)

    def read(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(length)


@dataclass(frozen=True)
class Cut:
    """A stretch of bytes that was read, and where in the file it lies. Reading past it is a
    BoxFault `broken`."""

    data: bytes
    start: int = 0

    def __len__(self) -> int:
        return len(self.data)

    def number(self, at: int, width: int) -> int:
        """The unsigned big-endian number of `width` bytes."""
        return int.from_bytes(self.slice(at, width).data, "big")

    def signed(self, at: int) -> int:
        """The signed 32-bit number."""
        value = self.number(at, 4)
        return value - (1 << 32) if value >= 1 << 31 else value

    def word(self, at: int) -> str:
        """Four bytes as text; unprintable ones as `?`."""
        return "".join(chr(b) if 32 <= b < 127 else "?" for b in self.slice(at, 4).data)

    def slice(self, at: int, length: int) -> "Cut":
        if at < 0 or length < 0 or at + length > len(self.data):
            raise BoxFault("broken", self.start + min(at, len(self.data)))
        return Cut(self.data[at : at + length], self.start + at)

    def after(self, at: int) -> "Cut":
        return self.slice(at, len(self.data) - at)


@dataclass(frozen=True)
class Box:
    """A box's type, where it begins, the length of its header, and where it says it ends."""

    kind: str
    offset: int
    header: int
    end: int


def header(first: Cut, *, limit: int) -> Box:
    """The box whose first 16 (or, at the end, 8) bytes are `first`. `limit`: where its parent ends;
    a size of 0 means up to there. The end may lie beyond: the caller decides what that means."""
    size, kind, length = first.number(0, 4), first.word(4), 8
    if size == 1:
        size, length = first.number(8, 8), 16
    end = limit if size == 0 else first.start + size
    if end < first.start + length or end > MAX_OFFSET:
        raise BoxFault("broken", first.start)
    return Box(kind, first.start, length, end)


def children(parent: Cut) -> Iterator[tuple[str, Cut]]:
    """The boxes inside `parent`, each as its type and its content."""
    at, limit = 0, parent.start + len(parent)
    for _ in range(MAX_BOXES):
        if at + 8 > len(parent):  # QuickTime ends some parents with a 32-bit zero
            return
        box = header(parent.after(at), limit=limit)
        if box.end > limit:
            raise BoxFault("broken", box.offset)
        yield box.kind, parent.slice(at + box.header, box.end - box.offset - box.header)
        at = box.end - parent.start
    raise BoxFault("broken", parent.start)


def child(parent: Cut, kind: str) -> Cut | None:
    """The first box of this type inside `parent`."""
    return next((content for name, content in children(parent) if name == kind), None)


def rows(table: Cut, at: int, width: int) -> Iterator[Cut]:
    """The rows of a table: a 32-bit count at `at`, then so many rows of `width` bytes."""
    count = table.number(at, 4)
    if count > MAX_ROWS or at + 4 + count * width > len(table):
        raise BoxFault("broken", table.start + at)
    for row in range(count):
        yield table.slice(at + 4 + row * width, width)
