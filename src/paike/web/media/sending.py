"""What the applications of this surface share: heads, bodies in pieces, refusals."""

import asyncio
import functools
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, TypeVar

from paike.kernel.text import Text
from paike.web.media import pages
from paike.web.shared import ranges
from paike.web.shared.ranges import Span

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = dict[str, str]
T = TypeVar("T")

CHUNK = 256 * 1024
THREADS = 16
_threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="media")

BEHIND = Text(zh="请求的位置超出了文件。", en="The range lies behind the end of the file.")
METHOD = Text(zh="这里只能读取。", en="Here you can only read.")


class Refused(Exception):
    """Answer with a page instead of the file."""

    def __init__(self, status: int, text: Text, **headers: str) -> None:
        super().__init__(text.en)
        self.status, self.text, self.headers = status, text, headers


def headers_of(scope: Message) -> Headers:
    """The request's headers by their lower-case names."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def part_of(asked: Headers, size: int, headers: Headers) -> tuple[int, Span, Headers]:
    """The status, the part of the file and the headers that answer a request. `headers` holds the
    ETag. Raises Refused."""
    try:
        part = ranges.asked_for(asked, size=size, etag=headers["ETag"])
    except ranges.NotSatisfiable as fault:
        raise Refused(416, BEHIND, **{"Content-Range": f"bytes */{size}"}) from fault
    return part.status, part.span, headers | part.headers


async def span(
    send: Send, status: int, headers: Headers, file: IO[bytes], part: Span, receive: Receive
) -> None:
    """Send this part of the file piece by piece, and close it. Ends early when the viewer is gone:
    most viewers go before the end."""
    gone = asyncio.ensure_future(_disconnected(receive))
    at = part.start
    try:
        await _head(send, status, headers)
        await in_thread(file.seek, at)
        if part.start == part.end:
            await send({"type": "http.response.body", "body": b""})
        while at < part.end and not gone.done():
            chunk = await in_thread(file.read, min(CHUNK, part.end - at))
            if not chunk:
                break
            at += len(chunk)
            await send({"type": "http.response.body", "body": chunk, "more_body": at < part.end})
    finally:
        gone.cancel()
        await in_thread(file.close)


async def whole(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    """A head and a body of a few bytes."""
    await _head(send, status, headers)
    await send({"type": "http.response.body", "body": body})


async def refuse(scope: Message, send: Send, refused: Refused) -> None:
    """The plain page that says why there is no file."""
    body = pages.page(refused.text)
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        **refused.headers,
    }
    await whole(send, refused.status, headers, b"" if scope["method"] == "HEAD" else body)


async def in_thread(function: Callable[..., T], *arguments: Any) -> T:
    """Run what may wait for a disk or a store in a thread of this surface."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, functools.partial(function, *arguments))


async def _head(send: Send, status: int, headers: Headers) -> None:
    always = {"X-Content-Type-Options": "nosniff"}
    raw = [(k.lower().encode(), v.encode("latin-1")) for k, v in (always | headers).items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
