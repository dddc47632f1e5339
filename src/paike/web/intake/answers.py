"""What the intake answers: JSON, and for a refusal a code for programs and words for people."""

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from paike.kernel.text import Text

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Header = tuple[bytes, bytes]

_JSON: list[Header] = [
    (b"content-type", b"application/json; charset=utf-8"),
    (b"x-content-type-options", b"nosniff"),
]
NO_STORE: list[Header] = [*_JSON, (b"cache-control", b"no-store")]
FIVE_SECONDS: list[Header] = [*_JSON, (b"cache-control", b"public, max-age=5")]


@dataclass(slots=True)
class Answer:
    """One HTTP answer."""

    status: int
    body: bytes
    headers: list[Header]

    async def send(self, send: Send) -> None:
        headers = [*self.headers, (b"content-length", str(len(self.body)).encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


NOTHING: Mapping[str, object] = MappingProxyType({})


class Refusal(Exception):
    """Stops the request with this answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(str(answer.status))
        self.answer = answer


def ok(
    value: Mapping[str, Any], *, status: int = 200, headers: list[Header] | None = None
) -> Answer:
    return Answer(status, encode(value), headers or NO_STORE)


def refusal(
    status: int,
    code: str,
    text: Text,
    *,
    retry_after: int | None = None,
    more: Mapping[str, object] = NOTHING,
) -> Refusal:
    """A refusal; `more` stands in its body beside code and words, moments as ISO 8601."""
    body = {"code": code, "zh": text.zh, "en": text.en, **more}
    headers = NO_STORE
    if retry_after is not None:
        headers = [*NO_STORE, (b"retry-after", str(retry_after).encode())]
    return Refusal(Answer(status, encode(body), headers))


def encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_moment).encode()


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    raise TypeError(type(value).__name__)
