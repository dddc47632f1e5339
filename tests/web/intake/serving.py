"""The intake behind a real port, in a thread: for what speaks HTTP to it."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from paike.config import intake as process
from paike.web.intake.app import Intake
from paike.web.intake.requests import Site

URL = "http://127.0.0.1:8000"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    intake: Intake
    loop: asyncio.AbstractEventLoop


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = self._ask(body)
        answer = asyncio.run_coroutine_threadsafe(asked, self.server.loop).result(30)
        self.send_response(answer.status_code)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.content)

    async def _ask(self, body: bytes) -> httpx.Response:
        transport: Any = httpx.ASGITransport(self.server.intake)
        async with httpx.AsyncClient(transport=transport, base_url=URL) as http:
            headers = dict(self.headers.items())
            return await http.request(self.command, self.path, headers=headers, content=body)

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def serving() -> Iterator[tuple[str, Intake]]:
    """The address of an intake that runs, and the intake."""
    loop = asyncio.new_event_loop()
    turning = threading.Thread(target=loop.run_forever, daemon=True)
    turning.start()
    intake = Intake(process.parameters(), site=Site(URL, 1))
    asyncio.run_coroutine_threadsafe(intake.start(), loop).result(30)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.intake, server.loop = intake, loop
    listening = threading.Thread(target=server.serve_forever, daemon=True)
    listening.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", intake
    finally:
        server.shutdown()
        server.server_close()
        asyncio.run_coroutine_threadsafe(intake.stop(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        turning.join(10)
        loop.close()
