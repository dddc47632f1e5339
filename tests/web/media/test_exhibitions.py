"""The exhibition as this installation serves it: the ASGI application, asked through httpx."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.test import override_settings

from paike.web.media import exhibitions

FILM = bytes(range(256)) * 4096
SECRET = "keys"


@pytest.fixture(autouse=True)
def shown(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "exhibition" / "stories-2021"
    (folder / "films").mkdir(parents=True)
    (folder / "en").mkdir()
    (folder / "index.html").write_text("<h1>展播</h1>", encoding="utf-8")
    (folder / "en" / "index.html").write_text("<h1>Exhibition</h1>", encoding="utf-8")
    (folder / "films" / "a-576.mp4").write_bytes(FILM)
    (folder / ".htaccess").write_text("x")
    (folder / "manifest.json").write_text(json.dumps({"expires": "2999-01-01T00:00:00+08:00"}))
    (tmp_path / SECRET).write_text("secret")
    (folder / "link.html").symlink_to(tmp_path / SECRET)
    with override_settings(EXHIBITIONS=tmp_path / "exhibition"):
        yield folder


def ask(path: str, method: str = "GET", **headers: str) -> httpx.Response:
    async def once() -> httpx.Response:
        transport = httpx.ASGITransport(app=exhibitions.application)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as browser:
            return await browser.request(method, path, headers=headers)

    return asyncio.run(once())


def test_pages_and_their_folders() -> None:
    home = ask("/exhibition/stories-2021/")
    assert home.status_code == 200
    assert "展播" in home.text
    assert home.headers["content-type"] == "text/html; charset=utf-8"
    assert home.headers["cache-control"] == "public, max-age=60"
    assert "set-cookie" not in home.headers
    assert "script-src 'self'" in home.headers["content-security-policy"]
    assert "Exhibition" in ask("/exhibition/stories-2021/en/").text
    moved = ask("/exhibition/stories-2021")
    assert moved.status_code == 301
    assert moved.headers["location"] == "/exhibition/stories-2021/"


def test_a_film_in_ranges_and_unchanged() -> None:
    whole = ask("/exhibition/stories-2021/films/a-576.mp4")
    assert whole.content == FILM
    assert whole.headers["content-type"] == "video/mp4"
    part = ask("/exhibition/stories-2021/films/a-576.mp4", Range="bytes=1000-1999")
    assert part.status_code == 206
    assert part.content == FILM[1000:2000]
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(FILM)}"
    again = ask(
        "/exhibition/stories-2021/films/a-576.mp4", **{"If-None-Match": whole.headers["etag"]}
    )
    assert again.status_code == 304
    head = ask("/exhibition/stories-2021/films/a-576.mp4", "HEAD")
    assert head.headers["content-length"] == str(len(FILM))
    assert head.content == b""
    far = ask("/exhibition/stories-2021/films/a-576.mp4", Range=f"bytes={len(FILM)}-")
    assert far.status_code == 416


@pytest.mark.parametrize(
    "path",
    [
        "/exhibition/",
        "/exhibition/nothing/",
        "/exhibition/stories-2021/films/",
        "/exhibition/stories-2021/films",
        "/exhibition/stories-2021/.htaccess",
        "/exhibition/stories-2021/link.html",
        "/exhibition/stories-2021/%2e%2e/%2e%2e/keys",
        "/exhibition/stories-2021/..%2f..%2fkeys",
        "/exhibition/%2e%2e/keys",
        "/exhibition/stories-2021//index.html",
        "/exhibition/stories-2021/films/a-576.mp4%00.html",
    ],
)
def test_nothing_outside_a_package_is_ever_sent(path: str) -> None:
    answer = ask(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text
    assert "没有这个页面" in answer.text


def test_only_reading() -> None:
    refused = ask("/exhibition/stories-2021/", "POST")
    assert refused.status_code == 405
    assert refused.headers["allow"] == "GET, HEAD"


def test_after_its_term_everything_is_gone(shown: Path) -> None:
    (shown / "manifest.json").write_text(json.dumps({"expires": "2020-01-01T00:00:00+08:00"}))
    over = ask("/exhibition/stories-2021/films/a-576.mp4")
    assert over.status_code == 410
    assert "展播已结束" in over.text
