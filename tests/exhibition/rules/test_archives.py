import io
import zipfile
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.exhibition.rules import archives
from paike.exhibition.rules.archives import Layout, Member

pytestmark = pytest.mark.rules

MADE = datetime(2021, 9, 18, 10, 30, 42, tzinfo=UTC)
names = st.text("abc/影片-.mp4", min_size=1, max_size=12).filter(
    lambda name: name.strip("/.") == name and "//" not in name
)


def archive(files: dict[str, bytes]) -> Layout:
    members = [Member(path, len(data), zlib.crc32(data)) for path, data in files.items()]
    return archives.layout(members, name="展播", made=MADE)


def content(found: Layout, files: dict[str, bytes], start: int, end: int) -> bytes:
    return b"".join(
        part if isinstance(part, bytes) else files[part.path][part.start : part.end]
        for part in found.cut(start, end)
    )


@given(st.dictionaries(names, st.binary(max_size=300), max_size=8))
def test_others_read_what_was_put_in(files: dict[str, bytes]) -> None:
    found = archive(files)
    whole = content(found, files, 0, found.size)
    assert len(whole) == found.size
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        assert opened.testzip() is None
        assert {one: opened.read(one) for one in opened.namelist()} == {
            f"展播/{path}": data for path, data in files.items()
        }
        assert all(one.date_time == MADE.timetuple()[:6] for one in opened.infolist())


@given(st.data())
def test_any_part_is_what_stands_there_in_the_whole(data: st.DataObject) -> None:
    files = data.draw(st.dictionaries(names, st.binary(max_size=60), max_size=5))
    found = archive(files)
    start = data.draw(st.integers(0, found.size))
    end = data.draw(st.integers(start, found.size))
    assert content(found, files, start, end) == content(found, files, 0, found.size)[start:end]


class Huge(io.RawIOBase):
    """An archive of files full of zeros, as far as anybody reads it."""

    def __init__(self, found: Layout) -> None:
        self.found, self.at = found, 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset + (0, self.at, self.found.size)[whence]
        return self.at

    def tell(self) -> int:
        return self.at

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        end = self.found.size if size < 0 else min(self.at + size, self.found.size)
        read = b"".join(
            part if isinstance(part, bytes) else bytes(part.end - part.start)
            for part in self.found.cut(self.at, end)
        )
        self.at += len(read)
        return read


def opened(members: list[Member]) -> zipfile.ZipFile:
    source: Any = Huge(archives.layout(members, name="x", made=MADE))
    return zipfile.ZipFile(source)


def test_films_beyond_four_gigabytes() -> None:
    large, small = Member("large.mp4", 5 * 2**30, 0), Member("small", 9, zlib.crc32(bytes(9)))
    with opened([large, small]) as found:
        sizes = {one.filename: one.file_size for one in found.infolist()}
        assert sizes == {"x/large.mp4": 5 * 2**30, "x/small": 9}
        assert found.read("x/small") == bytes(9)  # it begins behind the fourth gigabyte
        with found.open("x/large.mp4") as film:
            assert film.read(3) == bytes(3)


def test_more_files_than_sixteen_bits_count() -> None:
    with opened([Member(f"{number}", 0, 0) for number in range(70_000)]) as found:
        assert len(found.namelist()) == 70_000
