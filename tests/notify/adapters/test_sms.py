"""One contract for every SMS adapter: a real HTTP gateway and the in-memory twin."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from paike.notify.adapters.sms.gateway import GatewaySms
from paike.notify.adapters.sms.memory import MemorySms
from paike.notify.ports import Sms, Undelivered


class Gateway(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[int] = []  # status codes to give first; then 200
        self.asked: list[tuple[str, dict[str, Any]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sms"


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.headers["Authorization"], body))
        status = self.server.answers.pop(0) if self.server.answers else 200
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@dataclass
class Bench:
    sms: Sms
    received: Callable[[], list[tuple[str, str]]]
    break_it: Callable[[], None]


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def real(gateway: Gateway) -> GatewaySms:
    return GatewaySms(gateway.url, "secret", pauses=(0.01, 0.01))


@pytest.fixture(params=["gateway", "memory"])
def bench(request: pytest.FixtureRequest, gateway: Gateway) -> Bench:
    if request.param == "memory":
        twin = MemorySms()
        return Bench(twin, lambda: twin.texts, lambda: setattr(twin, "is_down", True))
    return Bench(
        real(gateway),
        lambda: [(body["to"], body["text"]) for _, body in gateway.asked],
        lambda: gateway.answers.extend([503] * 9),
    )


def test_a_text_arrives(bench: Bench) -> None:
    bench.sms.send(number="+8613800138000", text="验证码 123456")
    assert bench.received() == [("+8613800138000", "验证码 123456")]


def test_a_fault_raises(bench: Bench) -> None:
    bench.break_it()
    with pytest.raises(Undelivered):
        bench.sms.send(number="+8613800138000", text="x")


def test_the_token_and_one_id_over_all_tries(gateway: Gateway) -> None:
    gateway.answers = [500, 502]
    real(gateway).send(number="+8613800138000", text="x")
    assert {token for token, _ in gateway.asked} == {"Bearer secret"}
    assert len(gateway.asked) == 3
    assert len({body["id"] for _, body in gateway.asked}) == 1


def test_a_final_no_is_not_asked_again(gateway: Gateway) -> None:
    gateway.answers = [422]
    with pytest.raises(Undelivered, match="422"):
        real(gateway).send(number="+8613800138000", text="x")
    assert len(gateway.asked) == 1


def test_no_gateway_is_undelivered() -> None:
    with pytest.raises(Undelivered, match="ConnectError"):
        GatewaySms("http://127.0.0.1:1/", "secret", pauses=()).send(number="+86139", text="x")
