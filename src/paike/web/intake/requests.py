"""A request of the intake, read strictly."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from django.http.cookie import parse_cookie
from pydantic_core import from_json

from paike.accounts.rules import networks
from paike.web.intake import texts
from paike.web.intake.answers import Message, Receive, refusal

LARGEST = 8192  # bytes of a body
PATIENCE = 10.0  # seconds at least for all of it, 15 at most; a ballot is one packet


@dataclass(frozen=True, slots=True)
class Site:
    """Where we are: our own address, and how many proxies stand in front."""

    url: str
    proxies: int


class Headers:
    """The headers of a request, looked up one at a time: most requests need three of them."""

    __slots__ = ("_raw",)

    def __init__(self, scope: Message) -> None:
        self._raw: Sequence[tuple[bytes, bytes]] = scope["headers"]

    def get(self, name: bytes) -> str:
        """The last value of a header, or nothing."""
        found = b""
        for each, value in self._raw:
            if each == name:
                found = value
        return found.decode("latin-1") if found else ""

    def all(self, name: bytes, *, between: str = ",") -> str:
        """All values of a header that may come several times, joined as one."""
        return between.join(value.decode("latin-1") for each, value in self._raw if each == name)


def check_origin(headers: Headers, site: Site, scope: Message) -> None:
    """Only our own pages, and programs that are no browser, may send. Raises Refusal."""
    origin = headers.get(b"origin")
    if not origin:
        if headers.get(b"sec-fetch-site") in ("", "same-origin", "none"):
            return
        raise refusal(403, "foreign", texts.FOREIGN)
    if origin == site.url:
        return
    host = headers.get(b"host")
    ours = {f"{scope.get('scheme', 'http')}://{host}"}
    if site.url.startswith("https://"):  # a proxy ends TLS before us
        ours.add(f"https://{host}")
    if origin not in ours or urlsplit(origin).hostname is None:
        raise refusal(403, "foreign", texts.FOREIGN)


def network(scope: Message, headers: Headers, site: Site) -> str:
    """The client's network. Each proxy of ours appends an address, so we count from the right."""
    client = scope.get("client")
    address = client[0] if client else ""
    if site.proxies:
        forwarded = headers.all(b"x-forwarded-for").split(",")
        if len(forwarded) >= site.proxies:
            address = forwarded[-site.proxies]
    return networks.of(address)


class Bodies:
    """Reads bodies. Those that do not come are given up by one look at all that are awaited, twice
    as often as patience ends: a timer for each would cost more than reading it."""

    def __init__(self) -> None:
        # When each reader began, the earliest first. A reader that is not here was given up.
        self._begun: dict[asyncio.Task[Any], float] = {}

    async def read(self, receive: Receive) -> dict[str, Any]:
        """The JSON object that was sent. Raises Refusal."""
        reader = cast("asyncio.Task[Any]", asyncio.current_task())
        self._begun[reader] = time.monotonic()
        try:
            data = await _all(receive)
        except asyncio.CancelledError as fault:
            if reader in self._begun:
                raise
            reader.uncancel()
            raise refusal(408, "body", texts.BROKEN_BODY, retry_after=1) from fault
        finally:
            self._begun.pop(reader, None)
        try:
            value = from_json(data, allow_inf_nan=False, cache_strings="keys")
        except ValueError:
            value = None
        if type(value) is not dict:
            raise refusal(400, "body", texts.BROKEN_BODY)
        return value

    async def watch(self) -> None:
        """Give up late bodies, for ever."""
        while True:
            await asyncio.sleep(PATIENCE / 2)
            too_early = time.monotonic() - PATIENCE
            late = [each for each, begun in self._begun.items() if begun < too_early]
            for reader in late:
                del self._begun[reader]
                reader.cancel()


async def _all(receive: Receive) -> bytes:
    message = await receive()
    data: bytes = message.get("body", b"")
    while message.get("more_body", False) and len(data) <= LARGEST:
        message = await receive()
        data += message.get("body", b"")
    if message["type"] == "http.disconnect" or len(data) > LARGEST:
        raise refusal(400, "body", texts.BROKEN_BODY)
    return data


def cookie(headers: Headers, name: str) -> str:
    """The value of a cookie, or nothing. Other programs of the host name theirs as they like, and
    HTTP/2 may bring each in a header of its own: what they are can't hide ours."""
    return parse_cookie(headers.all(b"cookie", between="; ")).get(name, "")
