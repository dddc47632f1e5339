"""A ZIP file as a layout: what stands at which byte is known before a byte is sent, so that any part
of it can be sent alone and a broken download goes on where it stopped.

Nothing is compressed (films and pictures are already), and sizes and CRC-32 of all files are known.
Format: PKWARE APPNOTE 6.3.9, with ZIP64 records where a number does not fit into 32 bits (4.4.8).
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

FULL, MANY = 0xFFFFFFFF, 0xFFFF  # “see the ZIP64 record”, in 32 and in 16 bits
UTF8_NAME = 0x0800
PLAIN, ZIP64 = 20, 45  # versions needed to extract
UNIX_FILE = 0o100644 << 16


@dataclass(frozen=True)
class Member:
    """A file of the archive."""

    path: str
    size: int
    crc32: int


@dataclass(frozen=True)
class Slice:
    """The bytes of a member's file from `start` up to, not including, `end`."""

    path: str
    start: int
    end: int


@dataclass(frozen=True)
class Layout:
    """The archive's bytes in order: records of its own, and whole files."""

    parts: tuple[bytes | Member, ...]

    @property
    def size(self) -> int:
        return sum(_length(part) for part in self.parts)

    def cut(self, start: int, end: int) -> Iterator[bytes | Slice]:
        """What makes up the archive from `start` up to, not including, `end`."""
        at = 0
        for part in self.parts:
            first, last = max(start - at, 0), min(end - at, _length(part))
            if first < last:
                yield part[first:last] if isinstance(part, bytes) else Slice(part.path, first, last)
            at += _length(part)


def layout(members: Sequence[Member], *, name: str, made: datetime) -> Layout:
    """The archive of these files, inside it in a folder `name`. `made`: the time they all carry, as
    the clock on the wall shows it."""
    parts: list[bytes | Member] = []
    directory: list[bytes] = []
    at = 0
    for member in members:
        path = f"{name}/{member.path}".encode()
        head = _local(member, path, made)
        directory.append(_central(member, path, made, at))
        parts += [head, member]
        at += len(head) + member.size
    central = b"".join(directory)
    parts.append(central + _end(len(members), size=len(central), at=at))
    return Layout(tuple(parts))


def _length(part: bytes | Member) -> int:
    return len(part) if isinstance(part, bytes) else part.size


def _local(member: Member, path: bytes, made: datetime) -> bytes:
    """The record before a file (4.3.7)."""
    is_large = member.size >= FULL
    extra = struct.pack("<HHQQ", 1, 16, member.size, member.size) if is_large else b""
    size = FULL if is_large else member.size
    fixed = struct.pack(
        "<4s5H3L2H", b"PK\3\4", ZIP64 if is_large else PLAIN, UTF8_NAME, 0, *_stamp(made),
        member.crc32, size, size, len(path), len(extra),
    )  # fmt: skip
    return fixed + path + extra


def _central(member: Member, path: bytes, made: datetime, at: int) -> bytes:
    """A file's record in the directory (4.3.12)."""
    large = [member.size, member.size] if member.size >= FULL else []
    large += [at] if at >= FULL else []
    extra = struct.pack(f"<HH{len(large)}Q", 1, 8 * len(large), *large) if large else b""
    size = min(member.size, FULL)
    fixed = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 3 << 8 | ZIP64, ZIP64 if large else PLAIN, UTF8_NAME, 0,
        *_stamp(made), member.crc32, size, size, len(path), len(extra), 0, 0, 0, UNIX_FILE,
        min(at, FULL),
    )  # fmt: skip
    return fixed + path + extra


def _end(count: int, *, size: int, at: int) -> bytes:
    """The end of the archive (4.3.16), with its ZIP64 twin and the way there (4.3.14, 4.3.15)."""
    plain = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, min(count, MANY), min(count, MANY), min(size, FULL),
        min(at, FULL), 0,
    )  # fmt: skip
    if count < MANY and size < FULL and at < FULL:
        return plain
    large = struct.pack(
        "<4sQ2H2L4Q", b"PK\6\6", 44, 3 << 8 | ZIP64, ZIP64, 0, 0, count, count, size, at
    )
    return large + struct.pack("<4sLQL", b"PK\6\7", 0, at + size, 1) + plain


def _stamp(made: datetime) -> tuple[int, int]:
    """Time and date as MS-DOS wrote them: from 1980 on, in steps of two seconds."""
    time = made.hour << 11 | made.minute << 5 | made.second // 2
    return time, max(made.year - 1980, 0) << 9 | made.month << 5 | made.day
