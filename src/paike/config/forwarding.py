"""Passes requests on to the intake where no proxy in front does it: `paike up` has one port."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import httpx

Message = MutableMapping[str, Any]

LARGEST = 64 * 1024
# Hop by hop, or made anew.
DROPPED = {b"host", b"connection", b"keep-alive", b"transfer-encoding", b"content-length", b"te"}
AWAY = (
    '{"code":"away","zh":"投票服务正在启动，请稍后再试，您的选择都在。",'
    '"en":"The vote is starting up. Try again in a moment; your choices are kept."}'
).encode()
RETRY_AFTER = b"2"


class Forwarding:
    """An ASGI application that answers as the server at `url` does."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._client: httpx.AsyncClient | None = None

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        body = bytearray()
        more = scope["method"] not in ("GET", "HEAD")
        while more and len(body) <= LARGEST:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        try:
            answer = await self._ask(scope, bytes(body))
        except httpx.HTTPError:
            # Nobody knows whether the ballot was stored. It is sent again with the same key.
            headers = [(b"content-type", b"application/json"), (b"retry-after", RETRY_AFTER)]
            await send({"type": "http.response.start", "status": 503, "headers": headers})
            await send({"type": "http.response.body", "body": AWAY})
            return
        headers = [pair for pair in answer.headers.raw if pair[0].lower() not in DROPPED]
        headers.append((b"content-length", str(len(answer.content)).encode()))
        await send(
            {"type": "http.response.start", "status": answer.status_code, "headers": headers}
        )
        content = b"" if scope["method"] == "HEAD" else answer.content
        await send({"type": "http.response.body", "body": content})

    async def _ask(self, scope: Message, body: bytes) -> httpx.Response:
        if not self._url:
            raise httpx.ConnectError("PAIKE_INTAKE_URL is not set")
        headers = [pair for pair in scope["headers"] if pair[0].lower() not in DROPPED]
        host = [pair for pair in scope["headers"] if pair[0].lower() == b"host"]
        # Our own word on who asks comes last, where the intake looks for it.
        client = scope.get("client")
        headers.append((b"x-forwarded-for", (client[0] if client else "").encode()))
        query = scope.get("query_string", b"").decode("ascii")
        address = self._url + scope["path"] + (f"?{query}" if query else "")
        return await self._made().request(
            scope["method"], address, headers=[*host, *headers], content=body
        )

    def _made(self) -> httpx.AsyncClient:
        """The client, made in the loop that uses it."""
        if self._client is None:
            limits = httpx.Limits(max_connections=256, max_keepalive_connections=64)
            self._client = httpx.AsyncClient(timeout=30, limits=limits, trust_env=False)
        return self._client
