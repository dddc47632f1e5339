"""`/c/<call>/ballot-log/…`: tiles, entries, checkpoint and key of a vote's log, as files.

Whoever checks the log may do so from any page: the files are open to every origin. Tiles never
change, so every cache may keep them.
"""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from paike.voting.queries import published

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

PATH = re.compile(r"/c/([^/]+)/ballot-log/(.+)")
FOR_EVER, SHORT = "public, max-age=31536000, immutable", "public, max-age=2"
ALWAYS = {
    "Access-Control-Allow-Origin": "*",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
NOT_THERE = "日志里没有这个文件。 / The log has no such file.\n".encode()
READ_ONLY = "这里只能读取。 / Here you can only read.\n".encode()

_threads = ThreadPoolExecutor(8, thread_name_prefix="ballot-log")


def before(otherwise: Application) -> Application:
    """Answer what belongs to a ballot log, and pass the rest on."""

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        found = PATH.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await otherwise(scope, receive, send)
        else:
            await _answer(scope, send, slug=found[1], path=found[2])

    return application


async def _answer(scope: Message, send: Send, *, slug: str, path: str) -> None:
    if scope["method"] not in ("GET", "HEAD"):
        headers = {"Allow": "GET, HEAD", **_text(READ_ONLY)}
        await _send(scope, send, 405, headers, READ_ONLY)
        return
    loop = asyncio.get_running_loop()
    data = await loop.run_in_executor(_threads, published.read, slug, path)
    if data is None:
        headers = {"Cache-Control": SHORT, **_text(NOT_THERE)}
        await _send(scope, send, 404, headers, NOT_THERE)
        return
    headers = {
        "Cache-Control": FOR_EVER if path.startswith("tile/") else SHORT,
        "ETag": f'"{hashlib.sha256(data).hexdigest()[:32]}"',
    }
    if headers["ETag"] in _header(scope, b"if-none-match"):
        await _send(scope, send, 304, headers, b"")
        return
    kind = "application/octet-stream" if path.startswith("tile/") else "text/plain; charset=utf-8"
    headers |= {"Content-Type": kind, "Content-Length": str(len(data))}
    await _send(scope, send, 200, headers, data)


def _text(body: bytes) -> dict[str, str]:
    return {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}


def _header(scope: Message, name: bytes) -> str:
    found = [value for key, value in scope["headers"] if key == name]
    return b",".join(found).decode("latin-1")


async def _send(
    scope: Message, send: Send, status: int, headers: dict[str, str], body: bytes
) -> None:
    raw = [(k.lower().encode(), v.encode("latin-1")) for k, v in (ALWAYS | headers).items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    body = b"" if scope["method"] == "HEAD" else body
    await send({"type": "http.response.body", "body": body})
