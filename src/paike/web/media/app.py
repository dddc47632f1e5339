"""Films and posters: `/media/<token>` as a plain ASGI application.

A token names one stored object, its type and until when it may be read (`web.shared.media_links`);
whoever made the link has checked access. Here only the token is checked, so no database is asked.
Sent by ourselves in ranges, by nginx (X-Accel-Redirect), or by the store (a redirect to a presigned
address), whichever the installation has.
"""

import hashlib
import logging
from datetime import datetime
from urllib.parse import quote

from django.conf import settings

from paike.kernel import clock
from paike.kernel.text import Text
from paike.objects import ports as objects
from paike.web.media import sending
from paike.web.media.sending import Headers, Message, Receive, Refused, Send, in_thread
from paike.web.shared import media_links

logger = logging.getLogger(__name__)
PREFIX = "/media/"
ALWAYS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}

GONE = Text(zh="没有这个文件。", en="There is no such file.")
LATE = Text(
    zh="链接已过期。请回到原来的页面，刷新后再看。",
    en="This link has expired. Go back to its page and reload it.",
)
BUSY = Text(zh="暂时读不到文件，请稍后再试。", en="The file can't be read now. Try again later.")


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """The ASGI application."""
    if scope["type"] != "http":
        return
    asked = sending.headers_of(scope)
    try:
        await _answer(scope, asked, receive, send)
    except Refused as refused:
        await sending.refuse(scope, send, refused)
    except objects.NoSuchObject:
        await sending.refuse(scope, send, Refused(404, GONE))
    except objects.StoreFault:
        logger.exception("the store did not give a film")
        await sending.refuse(scope, send, Refused(503, BUSY, **{"Retry-After": "10"}))


async def _answer(scope: Message, asked: Headers, receive: Receive, send: Send) -> None:
    if scope["method"] not in ("GET", "HEAD"):
        raise Refused(405, sending.METHOD, Allow="GET, HEAD")
    grant, left = _grant(scope["path"], clock.now())
    etag = f'"{hashlib.sha256(grant.key.encode()).hexdigest()[:32]}"'
    headers = ALWAYS | {
        "Content-Type": grant.mime,
        "Cache-Control": f"private, max-age={left}, immutable",
        "ETag": etag,
        "Accept-Ranges": "bytes",
    }
    if etag in asked.get("if-none-match", ""):
        await sending.whole(send, 304, headers)
        return
    if settings.ACCEL:
        await sending.whole(
            send, 200, headers | {"X-Accel-Redirect": settings.ACCEL + quote(grant.key)}
        )
        return
    elsewhere = await in_thread(objects.store().presigned_get, grant.key, left)
    if elsewhere:
        about_it = {"Location": elsewhere, "Cache-Control": f"private, max-age={left // 2}"}
        await sending.whole(send, 302, about_it)
        return
    await _send_file(scope["method"], asked, grant.key, headers, receive, send)


def _grant(path: str, now: datetime) -> tuple[media_links.Grant, int]:
    """What the token grants and for how many seconds more."""
    try:
        grant = media_links.read(path.removeprefix(PREFIX))
    except media_links.BadToken as fault:
        raise Refused(404, GONE) from fault
    left = int((grant.expires_at - now).total_seconds())
    if left <= 0:
        raise Refused(403, LATE)
    return grant, left


async def _send_file(
    method: str, asked: Headers, key: str, headers: Headers, receive: Receive, send: Send
) -> None:
    size = await in_thread(objects.store().stat, key)
    status, part, headers = sending.part_of(asked, size, headers)
    if method == "HEAD":
        await sending.whole(send, status, headers)
        return
    file = await in_thread(objects.store().open_read, key)
    await sending.span(send, status, headers, file, part, receive)
