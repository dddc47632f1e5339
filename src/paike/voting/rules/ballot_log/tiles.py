"""Tiles and entry bundles: how a log lies in files (C2SP tlog-tiles, tiles of 256 hashes)."""

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paike.voting.rules.ballot_log import merkle
from paike.voting.rules.ballot_log.merkle import HASH

WIDTH = 256
HEIGHT = 8  # levels of the tree in a tile
ENTRIES = -1  # the level at which entry bundles are
LARGEST = 65_535  # bytes of an entry: its length is written in two
_TOP = 63

_PATH = re.compile(
    r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)
_LENGTH = struct.Struct(">H")


class NotABundle(Exception):
    """Bytes that are no entry bundle of the expected width."""


@dataclass(frozen=True, order=True)
class Tile:
    """A tile (`level` from 0) or an entry bundle (`level` is ENTRIES). `width` is how many hashes
    or entries are in it."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it lies, from the log's own address."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        digits = f"{self.index:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        place = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
        return f"tile/{level}/{place}" + ("" if self.width == WIDTH else f".p/{self.width}")

    @property
    def full(self) -> "Tile":
        """The same tile when it is full."""
        return Tile(self.level, self.index)


def parse(path: str) -> Tile | None:
    """The tile a path names; None: not a path of a tile as we would write it."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level = ENTRIES if found[1] == "entries" else int(found[1])
    index = int(found[2].replace("x", "").replace("/", ""))
    tile = Tile(level, index, int(found[3]) if found[3] else WIDTH)
    if level > _TOP or tile.width > WIDTH or tile.path != path:
        return None
    return tile


def of(size: int, *, since: int = 0) -> Iterator[Tile]:
    """The tiles of hashes that a log of `size` entries has and one of `since` had not, lowest level
    first."""
    level = 0
    while size > 0:
        yield from _row(level, since, size)
        level, since, size = level + 1, since // WIDTH, size // WIDTH


def bundles(size: int, *, since: int = 0) -> Iterator[Tile]:
    """The same of entry bundles."""
    yield from _row(ENTRIES, since, size)


def _row(level: int, since: int, size: int) -> Iterator[Tile]:
    if since == size:
        return
    for index in range(since // WIDTH, size // WIDTH):
        yield Tile(level, index)
    if size % WIDTH:
        yield Tile(level, size // WIDTH, size % WIDTH)


def pack(entries: Sequence[bytes]) -> bytes:
    """An entry bundle."""
    parts = []
    for entry in entries:
        parts.append(_LENGTH.pack(len(entry)))
        parts.append(entry)
    return b"".join(parts)


def unpack(bundle: bytes, *, width: int) -> list[bytes]:
    """The first `width` entries of a bundle, which may hold more. Raises NotABundle."""
    entries: list[bytes] = []
    at = 0
    for _ in range(width):
        if at + 2 > len(bundle):
            raise NotABundle(f"{len(entries)} of {width} entries")
        (length,) = _LENGTH.unpack_from(bundle, at)
        at += 2 + length
        if at > len(bundle):
            raise NotABundle(f"entry {len(entries)} is cut off")
        entries.append(bundle[at - length : at])
    return entries


def prefix(bundle: bytes, *, width: int) -> bytes:
    """The bundle of a bundle's first `width` entries. Raises NotABundle."""
    return pack(unpack(bundle, width=width))


def hashes(tile: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [tile[at : at + HASH] for at in range(0, len(tile), HASH)]


def root(tile: Sequence[bytes]) -> bytes:
    """The hash of a full tile, which stands in the tile above."""
    return merkle.Tree(tile).root
