"""A package as one ZIP file, for the sites that show it too. Made while it is sent: no second copy
on the disk, never more than a piece of a film in memory, and any part of it alone."""

import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from paike.exhibition.rules import archives
from paike.exhibition.rules.archives import Layout, Member

PIECE = 1024 * 1024


class Replaced(Exception):
    """The folder holds another package by now, or none."""


@dataclass(frozen=True)
class Archive:
    """The ZIP file of a package that lies in `folder`."""

    folder: Path
    inode: int
    layout: Layout

    def read(self, start: int, end: int) -> Iterator[bytes]:
        """Its bytes from `start` up to, not including, `end`. Raises OSError when the package is
        replaced meanwhile: a broken transfer, so that nobody takes half of each for a whole one."""
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if os.fstat(folder).st_ino != self.inode:
                raise FileNotFoundError(self.folder)
            for part in self.layout.cut(start, end):
                if isinstance(part, bytes):
                    yield part
                else:
                    yield from _pieces(folder, part)
        finally:
            os.close(folder)


def of(folder: Path, *, sums_sha256: str, name: str, made: datetime) -> Archive:
    """The archive of the package whose checksums have this SHA-256; inside, everything lies in a
    folder `name` and carries the time `made`. Raises Replaced."""
    try:
        inode = folder.stat().st_ino
        sums = (folder / "checksums.txt").read_bytes()
        known: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes()).get("files", {})
    except FileNotFoundError as gone:
        raise Replaced from gone
    if hashlib.sha256(sums).hexdigest() != sums_sha256:
        raise Replaced
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    members = [_member(path, str(path.relative_to(folder)), known) for path in paths]
    return Archive(folder, inode, archives.layout(members, name=name, made=made))


def _member(path: Path, name: str, known: dict[str, Any]) -> Member:
    """A file with its CRC-32, which the manifest knows for all but itself and the checksums."""
    if name in known:
        return Member(name, known[name]["size"], known[name]["crc32"])
    size, crc = 0, 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            size, crc = size + len(piece), zlib.crc32(piece, crc)
    return Member(name, size, crc)


def _pieces(folder: int, part: archives.Slice) -> Iterator[bytes]:
    descriptor = os.open(part.path, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=folder)
    with os.fdopen(descriptor, "rb") as file:
        file.seek(part.start)
        left = part.end - part.start
        while left:
            piece = file.read(min(PIECE, left))
            if not piece:
                raise OSError(part.path)
            left -= len(piece)
            yield piece
