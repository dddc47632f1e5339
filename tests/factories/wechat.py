"""A server that answers as WeChat's documentation of page authorisation says."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

APP_ID, APP_SECRET = "wx520c15f417810387", "0c79e1fa963cd80cc0be99b20a18faeb"


class WeChatServer(ThreadingHTTPServer):
    """`people`: openid by code; `snapshots`: codes that snapshot users bring; a code works once."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.people: dict[str, str] = {}
        self.snapshots: set[str] = set()
        self.used: set[str] = set()
        self.out_of_order = ""  # an answer to give whatever is asked

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, path: str, asked: dict[str, str]) -> dict[str, Any]:
        if path != "/sns/oauth2/access_token" or asked.get("grant_type") != "authorization_code":
            return {"errcode": 40002, "errmsg": "invalid grant_type"}
        if asked.get("appid") != APP_ID or asked.get("secret") != APP_SECRET:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        code = asked.get("code", "")
        if code in self.used:
            return {"errcode": 40163, "errmsg": "code been used"}
        if code not in self.people:
            return {"errcode": 40029, "errmsg": "invalid code"}
        self.used.add(code)
        told: dict[str, Any] = {
            "access_token": "ACCESS_TOKEN",
            "expires_in": 7200,
            "refresh_token": "REFRESH_TOKEN",
            "openid": self.people[code],
            "scope": "snsapi_base",
        }
        return told | ({"is_snapshotuser": 1} if code in self.snapshots else {})


class _Handler(BaseHTTPRequestHandler):
    server: WeChatServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        body = self.server.out_of_order or json.dumps(self.server.answer(parts.path, asked))
        self.send_response(200)  # WeChat's errors are 200, too
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def running() -> Iterator[WeChatServer]:
    with WeChatServer() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
