"""The files of a log: a folder, or an address on the web."""

import http.client
import re
import struct
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

WIDTH = 256
LARGEST = WIDTH * (65_535 + 2)  # bytes of an entry bundle
TRIES = 4


class Unreadable(Exception):
    """The log can't be reached, or it is none."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class Source(Protocol):
    """Where files are read. None: there is no such file."""

    def read(self, path: str) -> bytes | None: ...


class Bundle(NamedTuple):
    """Entries of a bundle, and how many bytes stand behind them that should not be there."""

    entries: list[bytes]
    surplus: int


class Folder:
    """A log in a folder, as the server has it or as it was copied to a USB stick."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: str) -> bytes | None:
        try:
            with (self._folder / path).open("rb") as file:
                return file.read(LARGEST + 1)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None


class Web:
    """A log on the web."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/") + "/"

    def read(self, path: str) -> bytes | None:
        for attempt in range(TRIES):
            try:
                with urllib.request.urlopen(self._address + path, timeout=30) as answer:  # noqa: S310 - http(s) only, see `open_source`
                    data: bytes = answer.read(LARGEST + 1)
                    if answer.length and len(data) <= LARGEST:
                        # Python says nothing; a log must not be blamed for a bad line.
                        raise http.client.IncompleteRead(data, answer.length)
                return data
            except urllib.error.HTTPError as fault:
                if fault.code in (404, 410):
                    return None
                last: Exception = fault
            except (OSError, http.client.HTTPException, ValueError) as fault:
                last = fault  # no network, an answer that breaks off, an address that is none
            if attempt + 1 < TRIES:
                time.sleep(2**attempt)
        place = f"{self._address}{path}"
        raise Unreadable(f"读不到 {place}：{last}", f"{place} can't be read: {last}")


def open_source(place: str) -> Source:
    """A folder or an address. Raises Unreadable."""
    if re.match(r"https?://", place):
        return Web(place.removesuffix("/checkpoint"))
    folder = Path(place)
    if not folder.is_dir():
        raise Unreadable(f"没有文件夹 {place}", f"There is no folder {place}")
    return Folder(folder)


def tile_path(level: "int | str", index: int, width: int = WIDTH) -> str:
    """Where a tile or an entry bundle lies."""
    digits = str(index).zfill(-(-len(str(index)) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    place = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{place}" + ("" if width == WIDTH else f".p/{width}")


class Files:
    """A log's tiles and entries, at a size."""

    def __init__(self, source: Source, size: int) -> None:
        self.source, self.size = source, size
        # What was compared is what is used: a server may answer twice in two ways.
        self.bundle = lru_cache(maxsize=64)(self._bundle)
        self.tile = lru_cache(maxsize=64)(self._tile)

    def width(self, level: int, index: int) -> int:
        """How many hashes a tile of this log has."""
        return min(WIDTH, (self.size >> 8 * level) - index * WIDTH)

    def _tile(self, level: int, index: int) -> list[bytes] | None:
        """The hashes of a tile; None: it is not there or not as long as it should be."""
        width = self.width(level, index)
        data, whole = self._either(level, index, width)
        if data is None or len(data) != 32 * whole:
            return None
        return [data[at : at + 32] for at in range(0, 32 * width, 32)]

    def is_there(self, level: int, index: int) -> bool:
        """Whether there is such a tile, whatever it holds."""
        return self._either(level, index, self.width(level, index))[0] is not None

    def _bundle(self, index: int, width: int) -> Bundle | None:
        """The first `width` entries of a bundle; fewer where it is cut off; None: not there."""
        data, whole = self._either("entries", index, width)
        if data is None:
            return None
        entries = list(_unpack(data, width))
        used = sum(2 + len(each) for each in entries)
        return Bundle(entries, len(data) - used if len(entries) == whole else 0)

    def _either(self, level: "int | str", index: int, width: int) -> tuple[bytes | None, int]:
        """The bytes of a tile, and for how many places they are: all of them where the partial one
        is gone because the full one is there."""
        data = self.source.read(tile_path(level, index, width))
        if data is not None or width == WIDTH:
            return data, width
        return self.source.read(tile_path(level, index)), WIDTH


def _unpack(data: bytes, width: int) -> Iterator[bytes]:
    at = 0
    for _ in range(width):
        if at + 2 > len(data):
            return
        (length,) = struct.unpack_from(">H", data, at)
        at += 2 + length
        if at > len(data):
            return
        yield data[at - length : at]
