"""The exhibitions this installation shows itself: `/exhibition/<call>/…` as a plain ASGI
application over the folders of built packages. No database, no session, no cookie: whatever stands
in a package is public."""

import json
import os
import re
import stat
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from paike.kernel import clock
from paike.kernel.text import Text
from paike.web.media import sending
from paike.web.media.sending import Headers, Message, Receive, Refused, Send

PREFIX = "/exhibition/"
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")  # none begins with a dot
DEEPEST = 6
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".example": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
}
# Pages are asked for again within a minute, so that a work that left is soon gone everywhere.
PAGE_SECONDS, FILE_SECONDS = 60, 3600
ALWAYS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; media-src 'self'; "
    "style-src 'self' 'unsafe-inline'; script-src 'self'; font-src 'self'; base-uri 'none'; "
    "connect-src 'self'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}

GONE = Text(zh="没有这个页面。", en="There is no such page.")
OVER = Text(zh="展播已结束。", en="The exhibition is over.")


@dataclass(frozen=True)
class _File:
    """An open file of a package."""

    file: IO[bytes]
    size: int
    mark: str  # changes when the file does
    path: str


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """The ASGI application."""
    if scope["type"] != "http":
        return
    try:
        await _answer(scope, receive, send)
    except Refused as refused:
        await sending.refuse(scope, send, refused)


async def _answer(scope: Message, receive: Receive, send: Send) -> None:
    if scope["method"] not in ("GET", "HEAD"):
        raise Refused(405, sending.METHOD, Allow="GET, HEAD")
    path = scope["path"].removeprefix(PREFIX)
    if path and "/" not in path and SLUG.fullmatch(path):
        await sending.whole(send, 301, {"Location": f"{PREFIX}{path}/", "Content-Length": "0"})
        return
    found = await sending.in_thread(_open, path, clock.now())
    if found is None:
        raise Refused(404, GONE)
    await _send(scope, found, receive, send)


async def _send(scope: Message, found: _File, receive: Receive, send: Send) -> None:
    asked = sending.headers_of(scope)
    ending = Path(found.path).suffix
    seconds = PAGE_SECONDS if ending in (".html", ".json", ".txt") else FILE_SECONDS
    headers: Headers = ALWAYS | {
        "Content-Type": TYPES.get(ending, "application/octet-stream"),
        "Cache-Control": f"public, max-age={seconds}",
        "ETag": f'"{found.mark}"',
        "Accept-Ranges": "bytes",
    }
    if headers["ETag"] in asked.get("if-none-match", ""):
        found.file.close()
        await sending.whole(send, 304, headers)
        return
    try:
        status, part, headers = sending.part_of(asked, found.size, headers)
    except Refused:
        found.file.close()
        raise
    if scope["method"] == "HEAD":
        found.file.close()
        await sending.whole(send, status, headers)
        return
    await sending.span(send, status, headers, found.file, part, receive)


def _open(path: str, now: datetime) -> _File | None:
    """The file at a path below the exhibitions, or None. Only plain names get this far, and links
    are not followed, so nothing outside the package can be named. Raises Refused."""
    slug, *parts = path.split("/")
    if parts and parts[-1] == "":
        parts[-1] = "index.html"
    if not SLUG.fullmatch(slug) or not 0 < len(parts) <= DEEPEST:
        return None
    if not all(PART.fullmatch(part) for part in parts):
        return None
    folder = Path(settings.EXHIBITIONS) / slug
    if _is_over(folder, now):
        raise Refused(410, OVER)
    return _open_plain(folder.joinpath(*parts), "/".join(parts))


def _open_plain(place: Path, path: str) -> _File | None:
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode):
        os.close(descriptor)
        return None
    mark = f"{about.st_ino:x}-{about.st_mtime_ns:x}-{about.st_size:x}"
    return _File(os.fdopen(descriptor, "rb"), about.st_size, mark, path)


def _is_over(folder: Path, now: datetime) -> bool:
    """Whether the term of this package has ended; its manifest says so."""
    try:
        changed = (folder / "manifest.json").stat().st_mtime_ns
    except OSError:
        return False
    return now >= _expires(folder, changed)


@lru_cache(maxsize=64)
def _expires(folder: Path, _changed: int) -> datetime:
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    return datetime.fromisoformat(manifest["expires"])
