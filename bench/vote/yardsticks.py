"""What ours is held against: `python -m bench.vote.yardsticks django|bare PORT PROCESSES`.

Both are served by granian as our own processes are. The Django view does what somebody would write
who knows Django well and has not thought about bursts: verify the token, ask the rules, one
transaction with the ORM, uniqueness by constraint.
"""

import json
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

Message = MutableMapping[str, Any]

# The length of a receipt, so that both send as much.
ANSWER = json.dumps({"code": "0" * 16, "promise": "x" * 1100}).encode()
HEADERS = [
    (b"content-type", b"application/json; charset=utf-8"),
    (b"content-length", str(len(ANSWER)).encode()),
]


async def bare(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Parse the ballot, store nothing, answer."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    message = await receive()
    data = message.get("body", b"")
    while message.get("more_body", False):
        message = await receive()
        data += message.get("body", b"")
    json.loads(data)["works"]
    await send({"type": "http.response.start", "status": 201, "headers": HEADERS})
    await send({"type": "http.response.body", "body": ANSWER})


def django_application() -> Any:  # noqa: ANN401 - a WSGI application
    """Paike's settings and middleware with one address: a ballot."""
    from bench.vote import polling_view

    return polling_view.application()


def main() -> None:
    name, port, processes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    is_bare = name == "bare"
    Granian(
        f"bench.vote.yardsticks:{'bare' if is_bare else 'django_application'}",
        factory=not is_bare,
        interface=Interfaces.ASGI if is_bare else Interfaces.WSGI,
        blocking_threads=None if is_bare else 16,
        port=port,
        workers=processes if is_bare else 1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
