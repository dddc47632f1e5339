"""Sentinels: personal data that nobody has, in every disguise in which it could leak."""

import base64
import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

DEEPEST = 3  # archives within archives


@dataclass(frozen=True)
class Sentinel:
    """A value that must not appear, and spellings of it that must not either."""

    what: str
    value: str
    spellings: tuple[str, ...] = ()


NAME = Sentinel("name", "欧阳鸻鹬", ("ouyanghengyu", "ouyang hengyu", "ouyang-hengyu", "欧阳**"))
COLLEAGUE = Sentinel("colleague", "司马鸬鹚", ("simaluci", "sima luci", "司马**"))
PHONE = Sentinel(
    "phone",
    "19147105836",
    (
        "191 4710 5836",
        "191-4710-5836",
        "+8619147105836",
        "191****5836",
        "***5836",
        "*5836",
        "191****",
    ),
)
EMAIL = Sentinel(
    "email", "heng.yu@canary-mail.example", ("heng.yu", "canary-mail", "h***@canary", "heng%2Eyu")
)
UNIT = Sentinel("unit", "鹈鹕岬第九纺织厂", ("tihujia", "ti hu jia", "鹈鹕岬"))
WORKSHOP = Sentinel("workshop", "鸊鷉车间", ("pitichejian", "piti chejian"))
ALL = (NAME, COLLEAGUE, PHONE, EMAIL, UNIT, WORKSHOP)


def leaks(data: bytes, sentinels: tuple[Sentinel, ...] = ALL) -> list[str]:
    """Which sentinels stand in `data`, in what disguise; also inside archives and streams."""
    found = []
    for layer in _layers(data, DEEPEST):
        lowered = layer.lower()
        for sentinel in sentinels:
            for disguise, needle in _needles(sentinel):
                if (needle if disguise == "base64" else needle.lower()) in (
                    layer if disguise == "base64" else lowered
                ):
                    found.append(f"{sentinel.what} as {disguise}: {needle!r}")
    return found


def _needles(sentinel: Sentinel) -> Iterator[tuple[str, bytes]]:
    for text in (sentinel.value, *sentinel.spellings):
        yield "text", text.encode()
    raw = sentinel.value.encode()
    yield "gbk", sentinel.value.encode("gb18030")
    yield "utf-16", sentinel.value.encode("utf-16-le")
    yield "hex", raw.hex().encode()
    yield "escaped html", html.escape(sentinel.value).encode()
    yield "html numbers", "".join(f"&#{ord(c)};" for c in sentinel.value).encode()
    yield "html hex numbers", "".join(f"&#x{ord(c):x};" for c in sentinel.value).encode()
    yield "json escapes", sentinel.value.encode("unicode_escape")
    yield "address", quote(sentinel.value).encode()
    yield "form", quote_plus(sentinel.value).encode()
    yield "backwards", sentinel.value[::-1].encode()
    for shift in range(3):  # a value inside a longer base64 text starts at one of three places
        yield "base64", _inside(base64.b64encode(b"\0" * shift + raw), shift, len(raw))


def _inside(encoded: bytes, shift: int, length: int) -> bytes:
    """The letters that depend on the value alone, whatever stands before and after it."""
    first = -(-shift * 8 // 6)
    last = (shift + length) * 8 // 6
    return encoded[first:last]


def _layers(data: bytes, depth: int) -> Iterator[bytes]:
    """The data itself, and what is packed in it: gzip, zip (and xlsx), deflated PDF streams."""
    yield data
    if depth == 0:
        return
    for inner in _unpacked(data):
        yield from _layers(inner, depth - 1)


def _unpacked(data: bytes) -> Iterator[bytes]:
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                yield archive.read(member)
    if data[:5] == b"%PDF-":
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            try:
                yield zlib.decompress(stream)
            except zlib.error:
                continue
