"""Films and posters: `/media/<token>` as a plain ASGI application.

A token names one stored object, its type and until when it may be read (`web.shared.media_links`);
whoever made the link has checked access. Here only the token is checked, so no database is asked.
Sent by ourselves in ranges, by nginx (X-Accel-Redirect), or by the store (a redirect to a presigned
address), whichever the installation has.
"""

import asyncio
import functools
import hashlib
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import IO, Any, TypeVar
from urllib.parse import quote

from django.conf import settings

from paike.kernel import clock
from paike.kernel.text import Text
from paike.objects import ports as objects
from paike.web.media import pages, ranges
from paike.web.shared import media_links

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = dict[str, str]
T = TypeVar("T")

logger = logging.getLogger(__name__)
PREFIX = "/media/"
CHUNK = 256 * 1024
THREADS = 16
_threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="media")

GONE = Text(zh="没有这个文件。", en="There is no such file.")
LATE = Text(
    zh="链接已过期。请回到原来的页面，刷新后再看。",
    en="This link has expired. Go back to its page and reload it.",
)
BEHIND = Text(zh="请求的位置超出了文件。", en="The range lies behind the end of the file.")
METHOD = Text(zh="这里只能读取。", en="Here you can only read.")
BUSY = Text(zh="暂时读不到文件，请稍后再试。", en="The file can't be read now. Try again later.")


class _Refused(Exception):
    """Answer with a page instead of the file."""

    def __init__(self, status: int, text: Text, **headers: str) -> None:
        super().__init__(text.en)
        self.status, self.text, self.headers = status, text, headers


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """The ASGI application."""
    if scope["type"] != "http":
        return
    asked = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    try:
        await _answer(scope, asked, receive, send)
    except _Refused as refused:
        await _refuse(scope, send, refused)
    except objects.NoSuchObject:
        await _refuse(scope, send, _Refused(404, GONE))
    except objects.StoreFault:
        logger.exception("the store did not give a film")
        await _refuse(scope, send, _Refused(503, BUSY, **{"Retry-After": "10"}))


async def _answer(scope: Message, asked: Headers, receive: Receive, send: Send) -> None:
    if scope["method"] not in ("GET", "HEAD"):
        raise _Refused(405, METHOD, Allow="GET, HEAD")
    grant, left = _grant(scope["path"], clock.now())
    etag = f'"{hashlib.sha256(grant.key.encode()).hexdigest()[:32]}"'
    headers = {
        "Content-Type": grant.mime,
        "Cache-Control": f"private, max-age={left}, immutable",
        "ETag": etag,
        "Accept-Ranges": "bytes",
    }
    if etag in asked.get("if-none-match", ""):
        await _send(send, 304, headers)
        return
    if settings.ACCEL:
        await _send(send, 200, headers | {"X-Accel-Redirect": settings.ACCEL + quote(grant.key)})
        return
    elsewhere = await _in_thread(objects.store().presigned_get, grant.key, left)
    if elsewhere:
        about_it = {"Location": elsewhere, "Cache-Control": f"private, max-age={left // 2}"}
        await _send(send, 302, about_it)
        return
    await _send_file(scope["method"], asked, grant.key, headers, receive, send)


def _grant(path: str, now: datetime) -> tuple[media_links.Grant, int]:
    """What the token grants and for how many seconds more."""
    try:
        grant = media_links.read(path.removeprefix(PREFIX))
    except media_links.BadToken as fault:
        raise _Refused(404, GONE) from fault
    left = int((grant.expires_at - now).total_seconds())
    if left <= 0:
        raise _Refused(403, LATE)
    return grant, left


async def _send_file(
    method: str, asked: Headers, key: str, headers: Headers, receive: Receive, send: Send
) -> None:
    size = await _in_thread(objects.store().stat, key)
    wanted = asked.get("range", "")
    if asked.get("if-range", headers["ETag"]) != headers["ETag"]:
        wanted = ""
    try:
        span = ranges.read(wanted, size)
    except ranges.NotSatisfiable as fault:
        raise _Refused(416, BEHIND, **{"Content-Range": f"bytes */{size}"}) from fault
    status = 200 if span is None else 206
    if span is None:
        span = ranges.Span(0, size)
    else:
        headers = headers | {"Content-Range": f"bytes {span.start}-{span.end - 1}/{size}"}
    headers = headers | {"Content-Length": str(span.end - span.start)}
    if method == "HEAD":
        await _send(send, status, headers)
        return
    file = await _in_thread(objects.store().open_read, key)
    try:
        await _send_head(send, status, headers)
        await _send_span(file, span, receive, send)
    finally:
        await _in_thread(file.close)


async def _send_span(file: IO[bytes], span: ranges.Span, receive: Receive, send: Send) -> None:
    """Send the bytes until they end or the viewer is gone: most viewers go before the end."""
    gone = asyncio.ensure_future(_disconnected(receive))
    at = span.start
    try:
        await _in_thread(file.seek, at)
        while at < span.end and not gone.done():
            chunk = await _in_thread(file.read, min(CHUNK, span.end - at))
            if not chunk:
                break
            at += len(chunk)
            more = at < span.end
            await send({"type": "http.response.body", "body": chunk, "more_body": more})
    finally:
        gone.cancel()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(scope: Message, send: Send, refused: _Refused) -> None:
    body = pages.page(refused.text)
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        **refused.headers,
    }
    await _send(send, refused.status, headers, b"" if scope["method"] == "HEAD" else body)


async def _send(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    await _send_head(send, status, headers)
    await send({"type": "http.response.body", "body": body})


async def _send_head(send: Send, status: int, headers: Headers) -> None:
    always = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
    }
    raw = [(k.lower().encode(), v.encode("latin-1")) for k, v in (always | headers).items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})


async def _in_thread(function: Callable[..., T], *arguments: Any) -> T:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, functools.partial(function, *arguments))
