"""What the upload protocol answers: a status, headers, and for a refusal a text in both languages."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from paike.kernel.text import Text
from paike.web.tus import headers

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

CHECKSUM_MISMATCH = 460  # tus 1.0, checksum extension


@dataclass(frozen=True)
class Answer:
    """One HTTP answer. `close`: the rest of the request's body was not read."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    close: bool = False

    async def send(self, send: Send, *, head: bool = False) -> None:
        named = {
            "Tus-Resumable": headers.VERSION,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            **self.headers,
        }
        if self.status != 204:
            named["Content-Length"] = str(len(self.body))
        if self.close:
            named["Connection"] = "close"
        raw = [(name.lower().encode(), value.encode("ascii")) for name, value in named.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": raw})
        await send({"type": "http.response.body", "body": b"" if head else self.body})


class Refusal(Exception):
    """Stops the request with this answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(str(answer.status))
        self.answer = answer


def refusal(status: int, code: str, text: Text, *, close: bool = False, **named: str) -> Refusal:
    """A refusal that programs understand by `code` and people by `zh` and `en`. Keyword headers:
    `upload_offset=...` is `Upload-Offset`."""
    body = json.dumps({"code": code, "zh": text.zh, "en": text.en}, ensure_ascii=False).encode()
    extra = {name.replace("_", "-").title(): value for name, value in named.items()}
    return Refusal(
        Answer(
            status,
            {"Content-Type": "application/json; charset=utf-8", **extra},
            body,
            close=close,
        )
    )


def moment(when: datetime) -> str:
    """A time as HTTP writes it."""
    return format_datetime(when, usegmt=True)
