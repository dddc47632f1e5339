"""Files that want to hurt whoever opens them. Those that only lie about themselves are in
`tests/fixtures/films`; both sets go through the gate and the full inspection."""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.fixtures.films import make
from tests.fixtures.films.make import FTYP, box, patched

GOOD = Path(make.__file__).with_name("good.mp4")
NEVER = b"\xff\xff\xff\xff"


def files(canary: str, port: int) -> dict[str, bytes]:
    """Name and content. `canary`: the path of a file that must not be opened; `port`: of a server
    on this machine that must not be called."""
    good = GOOD.read_bytes()
    return dict(_plain(good)) | dict(_pointing(good, canary, port)) | dict(_bombs(good))


def _plain(good: bytes) -> Iterator[tuple[str, bytes]]:
    yield "zeros", bytes(65536)
    yield "text", "党员故事，不是片子。\n".encode() * 2000
    yield "random", random.Random(11).randbytes(65536)
    yield "random-after-ftyp", FTYP + random.Random(12).randbytes(65536)
    yield "film-and-zip", good + _zip()
    yield "zip-and-film", _zip() + good
    yield "pdf-and-film", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n" + good
    yield "page-in-film", good + box(b"free", b"<html><script>alert(1)</script></html>")
    yield "program-and-film", b"\x7fELF\x02\x01\x01" + bytes(57) + good
    yield "two-films", good + good
    for share in range(1, 20):
        yield f"cut-{share * 5}", good[: len(good) * share // 20]


def _pointing(good: bytes, canary: str, port: int) -> Iterator[tuple[str, bytes]]:
    """Lists and references that lead elsewhere: to a file beside, to one by its path, to a server."""
    name, here = Path(canary).name, f"http://127.0.0.1:{port}/film.mp4"
    for where, target in (("beside", name), ("path", canary), ("server", here)):
        playlist = (
            f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{target}\n#EXT-X-ENDLIST\n".encode()
        )
        yield f"playlist-{where}", playlist
        yield f"playlist-in-ftyp-{where}", FTYP + playlist
        yield f"concat-{where}", f"ffconcat version 1.0\nfile '{target}'\n".encode()
        manifest = f'<?xml version="1.0"?><MPD><Period><BaseURL>{target}</BaseURL></Period></MPD>'
        yield f"dash-{where}", manifest.encode()
        yield f"reference-{where}", _refers(good, b"url ", target.encode() + b"\0")
        yield f"movie-reference-{where}", FTYP + box(
            b"moov", box(b"rmra", box(b"rmda", box(b"rdrf", b"\0" * 4 + b"url " + struct.pack(">I", len(target)) + target.encode())))
        )  # fmt: skip
    yield "reference-alias", _refers(good, b"alis", bytes(150))


def _refers(good: bytes, kind: bytes, content: bytes) -> bytes:
    """The film says of every track that its samples lie elsewhere."""
    entry = box(kind, b"\0\0\0\0" + content)
    at = good.index(b"dref") - 4
    size = int.from_bytes(good[at : at + 4])
    new = box(b"dref", struct.pack(">II", 0, 1) + entry)
    return _grown(good, at, size, new, (b"dinf", b"minf", b"mdia", b"trak", b"moov"))


def _grown(film: bytes, at: int, size: int, new: bytes, around: tuple[bytes, ...]) -> bytes:
    """The film with the `size` bytes at `at` replaced, and the boxes around it as much larger."""
    more, head = len(new) - size, bytearray(film[:at])
    for kind in around:
        place = head.rindex(kind) - 4
        head[place : place + 4] = (int.from_bytes(head[place : place + 4]) + more).to_bytes(4)
    return bytes(head) + new + film[at + size :]


def _bombs(good: bytes) -> Iterator[tuple[str, bytes]]:
    """Much out of little: counts, sizes and nesting that no film has."""
    yield "nested", FTYP + make.nested(5000)
    yield "thousand-tracks", _tracks(good, 1000)
    for kind, offset in (("stts", 8), ("stsz", 12), ("stsc", 8), ("stco", 8), ("ctts", 8), ("stss", 8), ("elst", 8), ("dref", 8), ("stsd", 8)):  # fmt: skip
        if kind.encode() in good:
            yield f"count-{kind}", patched(good, kind.encode(), offset, NEVER)
    yield "endless-times", patched(good, b"stts", 16, NEVER)
    yield "no-time", patched(good, b"stts", 16, bytes(4))
    yield "no-scale", patched(good, b"mdhd", 16, bytes(4))
    yield "scale-of-one", patched(good, b"mdhd", 16, b"\0\0\0\1")
    yield "sizes-beyond-the-file", patched(good, b"stsz", 16, b"\x7f\xff\xff\xff")
    yield "places-beyond-the-file", patched(good, b"stco", 12, NEVER)
    yield "places-in-the-index", patched(good, b"stco", 12, b"\0\0\0\x20")
    yield "sequence-of-rubbish", patched(good, b"avcC", 14, NEVER * 4)
    yield "sound-settings-of-rubbish", patched(good, b"esds", 20, NEVER * 4)
    yield "many-channels", patched(good, b"mp4a", 20, NEVER, nth=0)
    yield "another-codec", good.replace(b"avc1", b"mjpa")
    yield "locked", good.replace(b"avc1", b"encv").replace(b"mp4a", b"enca")
    yield (
        "squeezed-index",
        FTYP + box(b"moov", box(b"cmov", box(b"dcom", b"zlib") + box(b"cmvd", NEVER + bytes(99)))),
    )
    yield "index-in-index", FTYP + box(b"moov", good[good.index(b"moov") - 4 :])
    yield "picture-of-ones", _data(good, b"\xff")
    yield "picture-of-zeros", _data(good, b"\0")


def _tracks(good: bytes, count: int) -> bytes:
    at = good.index(b"trak") - 4
    size = int.from_bytes(good[at : at + 4])
    return _grown(good, at, size, good[at : at + size] * count, (b"moov",))


def _data(good: bytes, value: bytes) -> bytes:
    at = good.index(b"mdat") + 4
    return good[:at] + value * (len(good) - at)


def _zip() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("index.html", "<script>alert(1)</script>")
    return content.getvalue()


def mutate(seeds: list[bytes], chance: random.Random) -> bytes:
    """One of the seeds, changed in one to eight places."""
    content = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, 8)):
        if len(content) > 16:
            chance.choice(CHANGES)(content, seeds, chance)
    return bytes(content)


Change = Callable[[bytearray, list[bytes], random.Random], None]
EDGES = (0, 1, 7, 8, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def _place(content: bytearray, chance: random.Random) -> int:
    """A place; half of the time in the index, where a byte weighs more."""
    index = content.find(b"moov")
    if index >= 0 and chance.random() < 0.5:
        return chance.randrange(index, min(len(content), index + 3000))
    return chance.randrange(len(content))


def _flip(content: bytearray, seeds: list[bytes], chance: random.Random) -> None:
    content[_place(content, chance)] ^= 1 << chance.randrange(8)


def _edge(content: bytearray, seeds: list[bytes], chance: random.Random) -> None:
    at = _place(content, chance) & ~3
    content[at : at + 4] = chance.choice(EDGES).to_bytes(4)


def _noise(content: bytearray, seeds: list[bytes], chance: random.Random) -> None:
    at = _place(content, chance)
    content[at : at + 16] = chance.randbytes(len(content[at : at + 16]))


def _cut(content: bytearray, seeds: list[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(content))
    del content[at : at + chance.choice((1, 4, 64, 4096, len(content)))]


def _double(content: bytearray, seeds: list[bytes], chance: random.Random) -> None:
    at = _place(content, chance)
    content[at:at] = content[at : at + chance.choice((4, 64, 1024))]


def _splice(content: bytearray, seeds: list[bytes], chance: random.Random) -> None:
    other = chance.choice(seeds)
    start, at = chance.randrange(max(1, len(other))), _place(content, chance)
    part = other[start : start + chance.choice((8, 256, 4096))]
    content[at : at + len(part)] = part


CHANGES: tuple[Change, ...] = (_flip, _flip, _edge, _edge, _noise, _cut, _double, _splice)
