"""Speaks to the ASGI application as a client would: a whole request, one in pieces, one cut off."""

import asyncio
import base64
import hashlib
import importlib
import json
from collections.abc import MutableMapping, Sequence
from concurrent.futures import wait
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connections
from django.test import Client

from paike.accounts.models import Account
from paike.web.tus import app

HOST = "127.0.0.1:8000"
TYPE = {"content-type": "application/offset+octet-stream"}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def offset(self) -> int:
        return int(self.headers["upload-offset"])

    @property
    def refusal(self) -> dict[str, str]:
        return dict(json.loads(self.body))


class Browser:
    """One person's browser."""

    def __init__(self, person: Account | None = None) -> None:
        client = Client()
        if person is not None:
            client.force_login(person)
        cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
        self.cookie = f"other=1; {settings.SESSION_COOKIE_NAME}={cookie.value}" if cookie else ""

    def ask(
        self,
        method: str,
        path: str,
        *,
        pieces: Sequence[bytes] = (b"",),
        cut: bool = False,
        **named: str,
    ) -> Reply:
        """Send a request; `cut`: the connection breaks after the last piece. Keyword headers:
        `upload_offset="0"` is `Upload-Offset: 0`."""
        headers = {
            "host": HOST,
            "tus-resumable": "1.0.0",
            "cookie": self.cookie,
            **{name.replace("_", "-"): value for name, value in named.items()},
        }
        return asyncio.run(exchange(method, path, headers, pieces, cut=cut))

    def create(self, *, size: int, entry: object, metadata: dict[str, str] | None = None) -> Reply:
        return self.ask(
            "POST",
            "/uploads/",
            upload_length=str(size),
            upload_metadata=packed({"entry": str(entry), **(metadata or {})}),
        )

    def head(self, place: str) -> Reply:
        return self.ask("HEAD", place)

    def patch(
        self,
        place: str,
        *,
        offset: int,
        body: bytes,
        checksum: str = "",
        cut: bool = False,
        **named: str,
    ) -> Reply:
        extra = {"upload_checksum": checksum} if checksum else {}
        half = len(body) // 2
        pieces = [piece for piece in (body[:half], body[half:]) if piece] or [b""]
        length = {} if cut else {"content_length": str(len(body))}
        headers = {"content_type": TYPE["content-type"], "upload_offset": str(offset)}
        return self.ask(
            "PATCH", place, pieces=pieces, cut=cut, **(headers | extra | length | named)
        )


async def exchange(
    method: str, path: str, headers: dict[str, str], pieces: Sequence[bytes], *, cut: bool = False
) -> Reply:
    """One request through the application."""
    coming: list[dict[str, Any]] = [
        {"type": "http.request", "body": piece, "more_body": True} for piece in pieces
    ]
    if cut:
        coming.append({"type": "http.disconnect"})
    else:
        coming[-1]["more_body"] = False
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        return coming.pop(0) if coming else {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "scheme": "http",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
    }
    await app.application(scope, receive, send)
    named = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return Reply(said[0]["status"], named, said[1]["body"])


def packed(metadata: dict[str, str]) -> str:
    """A dictionary as `Upload-Metadata`."""
    return ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items()
    )


def checksum_of(body: bytes, algorithm: str = "sha256") -> str:
    digest = hashlib.new(algorithm, body, usedforsecurity=False).digest()
    return f"{algorithm} {base64.b64encode(digest).decode()}"


def restart() -> None:
    """Forget everything the application holds in memory."""
    rest()
    app._threads.shutdown()
    importlib.reload(app)


def rest() -> None:
    """Close the database connections of the application's threads."""
    wait([app._threads.submit(connections.close_all) for _ in range(app.THREADS * 4)])
