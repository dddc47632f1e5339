"""Byte ranges of HTTP (RFC 9110, 14): the one range a player or a broken download asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class NotSatisfiable(Exception):
    """The range lies behind the end of the file."""


@dataclass(frozen=True)
class Span:
    """The bytes from `start` up to, not including, `end`."""

    start: int
    end: int


def read(header: str, size: int) -> Span | None:
    """What of the file is asked for; None for all of it: no header, several ranges (players never
    ask for them), or words that are no range. Raises NotSatisfiable."""
    match = ONE_RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last), size)
        if length == 0:
            raise NotSatisfiable
        return Span(size - length, size)
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size:
        raise NotSatisfiable
    return Span(start, min(int(last) + 1, size) if last else size)


@dataclass(frozen=True)
class Part:
    """What to answer: the status, which bytes, and the headers that say so."""

    status: int
    span: Span
    headers: dict[str, str]


def asked_for(headers: Mapping[str, str], *, size: int, etag: str) -> Part:
    """The part of a file of `size` bytes that a request wants, by its headers `range` and
    `if-range`: all of it when the file is no longer the one it began with. Raises NotSatisfiable."""
    same = headers.get("if-range", etag) == etag
    part = read(headers.get("range", "") if same else "", size)
    if part is None:
        return Part(200, Span(0, size), {"Content-Length": str(size)})
    about_it = {
        "Content-Range": f"bytes {part.start}-{part.end - 1}/{size}",
        "Content-Length": str(part.end - part.start),
    }
    return Part(206, part, about_it)
