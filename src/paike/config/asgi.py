"""One port for everything: uploads and films as ASGI applications, the rest Django under WSGI.

Why, and what else was considered: docs/decisions. At scale nginx may send `/uploads/` and
`/media/` to processes of their own; the addresses stay the same.
"""

import os
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from paike.config import options

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paike.config.settings")

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

THREADS = 16
LARGEST_FORM = 8 * 1024**2


def build() -> Application:
    """The application of one web process."""
    from paike.config import processes, wsgi  # noqa: PLC0415 - importing wsgi sets Django up
    from paike.config.forwarding import Forwarding  # noqa: PLC0415
    from paike.web.ballot_log import app as ballot_log  # noqa: PLC0415 - needs Django
    from paike.web.media import app as media  # noqa: PLC0415 - needs Django
    from paike.web.media import exhibitions  # noqa: PLC0415
    from paike.web.tus import app as tus  # noqa: PLC0415

    processes.end_with_parent()
    # The same thing in two vocabularies of types: a2wsgi has its own for WSGI and for ASGI.
    pages = cast("Application", WSGIMiddleware(cast("Any", wsgi.application), workers=THREADS))
    beside: dict[str, Application] = {
        "/intake/": Forwarding(options.read("PAIKE_INTAKE_URL")),
        "/uploads/": tus.application,
        "/media/": media.application,
        "/exhibition/": exhibitions.application,
    }
    return route(beside, ballot_log.before(whole_body(pages)))


def route(prefixes: Mapping[str, Application], otherwise: Application) -> Application:
    """Send a request to the application whose prefix its path has."""

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
            return
        # A_B and A-B become the same variable under WSGI: nobody may slip X_Forwarded_For past a
        # proxy that only cleans X-Forwarded-For.
        headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
        for prefix, target in prefixes.items():
            if scope["path"].startswith(prefix):
                await target({**scope, "headers": headers}, receive, send)
                return
        await otherwise({**scope, "headers": headers}, receive, send)

    return application


def whole_body(inner: Application) -> Application:
    """Collect the body before a thread is taken, so that slow senders can't hold all threads."""

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        body = bytearray()
        more = scope["method"] not in ("GET", "HEAD")
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > LARGEST_FORM:
                await _too_large(send)
                return
        unread = [{"type": "http.request", "body": bytes(body), "more_body": False}]

        async def replay() -> Message:
            return unread.pop() if unread else await receive()

        await inner(scope, replay, send)

    return application


async def _too_large(send: Send) -> None:
    text = "表单超过 8 MB。 / The form is larger than 8 MB.".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": text})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
