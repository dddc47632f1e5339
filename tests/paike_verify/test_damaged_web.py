"""A log on the web whose server is at fault: what can't be read is told, with its address."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from paike_verify import files
from tests.factories.ballot_log import VKEY
from tests.paike_verify.damage import Said, run

pytestmark = pytest.mark.rules
Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


def honest(to: BaseHTTPRequestHandler, data: bytes) -> None:
    to.send_response(200)
    to.send_header("Content-Length", str(len(data)))
    to.end_headers()
    to.wfile.write(data)


def breaks_off(to: BaseHTTPRequestHandler, data: bytes) -> None:
    to.send_response(200)
    to.send_header("Content-Length", str(len(data)))
    to.end_headers()
    to.wfile.write(data[: len(data) // 2])


def is_broken(to: BaseHTTPRequestHandler, _data: bytes) -> None:
    to.send_error(500)


def speaks_nonsense(to: BaseHTTPRequestHandler, _data: bytes) -> None:
    to.wfile.write(b"\x00\xff nonsense\r\n\r\n")


def says_nothing(to: BaseHTTPRequestHandler, _data: bytes) -> None:
    to.close_connection = True


def sends_elsewhere(to: BaseHTTPRequestHandler, _data: bytes) -> None:
    to.send_response(302)
    to.send_header("Location", to.path)
    to.end_headers()


def shows_a_page(to: BaseHTTPRequestHandler, _data: bytes) -> None:
    honest(to, "<!doctype html><title>请先登录</title>".encode())


class Server:
    """A log in a folder, served; one of its files in another way."""

    def __init__(self, folder: Path) -> None:
        self.path = ""
        self.answer: Answer = honest

        class Handler(BaseHTTPRequestHandler):
            def do_GET(handler) -> None:  # noqa: N805 - http.server's name; `self` is the server
                path = handler.path.removeprefix("/log/")
                if not (folder / path).is_file():
                    handler.send_error(404)
                    return
                answer = self.answer if path == self.path else honest
                answer(handler, (folder / path).read_bytes())

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_address[1]}/log/"

    def check(self, path: str, answer: Answer) -> Said:
        self.path, self.answer = path, answer
        return run("log", self.address, "--key", VKEY)


@pytest.fixture
def server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(files, "TRIES", 2)
    monkeypatch.setattr("paike_verify.files.time.sleep", lambda _: None)
    made = Server(folder)
    thread = threading.Thread(target=made.http.serve_forever, daemon=True)
    thread.start()
    yield made
    made.http.shutdown()
    made.http.server_close()
    thread.join()


PATHS = ("checkpoint", "tile/0/001", "tile/1/000.p/3", "tile/entries/002")


def test_nothing_is_found_in_what_is_served_well(server: Server) -> None:
    assert (server.check("", honest).code, server.check("", honest).findings) == (0, [])


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "answer", [breaks_off, is_broken, speaks_nonsense, says_nothing, sends_elsewhere]
)
def test_an_answer_that_is_none_is_named(server: Server, path: str, answer: Answer) -> None:
    said = server.check(path, answer)
    assert said.code == 3
    assert said.is_clear()
    assert said.names(server.address + path)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_in_place_of_a_file_is_named(server: Server, path: str) -> None:
    said = server.check(path, shows_a_page)
    assert said.code in (1, 3)
    assert said.is_clear()
    assert said.names(path)


@pytest.mark.parametrize(
    "address",
    ["http://", "http://[", "http://127.0.0.1:port/", "http://127.0.0.1:1/", "http://a b/"],
)
def test_an_address_that_is_none_is_named(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "TRIES", 1)
    said = run("log", address, "--key", VKEY)
    assert said.code == 3
    assert said.names(address.rstrip("/"))
