"""Films over real HTTP: granian, real ranges, real tokens."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from paike.kernel import clock
from paike.media.models import Rendition, RenditionKind
from paike.web.shared import media_links
from tests.factories import media

CONTENT = bytes(range(256)) * 8192  # 2 MB
KEY = "renditions/test/film-576.mp4"
FILM = Rendition(kind=RenditionKind.FILM_576, key=KEY)
APP = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paike.config.settings")
import django
django.setup()
from paike.web.media.app import application
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(folder: Path, **environment: str) -> tuple[subprocess.Popen[bytes], str]:
    (folder / "served.py").write_text(APP, encoding="utf-8")
    port = _free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "asginl",
            "--port",
            str(port),
            "served:application",
        ],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), **environment},
        stdout=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(150):
        try:
            httpx.get(address, timeout=2)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return server, address
    server.kill()
    raise RuntimeError("the server did not start")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    media.store(KEY, CONTENT)
    server, address = _serve(tmp_path_factory.mktemp("served"))
    yield address
    server.terminate()
    server.wait(timeout=20)


def test_the_whole_film(address: str) -> None:
    answer = httpx.get(address + media_links.film(FILM))
    assert answer.status_code == 200
    assert answer.content == CONTENT
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["content-length"] == str(len(CONTENT))
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"].startswith("private, max-age=")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=1000000-", 1_000_000, len(CONTENT)),
        ("bytes=-7", len(CONTENT) - 7, len(CONTENT)),
        ("bytes=300000-900000", 300_000, 900_001),
    ],
)
def test_a_range(address: str, asked: str, start: int, end: int) -> None:
    answer = httpx.get(address + media_links.film(FILM), headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.content == CONTENT[start:end]
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"
    assert answer.headers["content-length"] == str(end - start)


def test_a_range_behind_the_end(address: str) -> None:
    answer = httpx.get(address + media_links.film(FILM), headers={"Range": "bytes=99999999-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(CONTENT)}"


def test_head_and_etag(address: str) -> None:
    url = address + media_links.film(FILM)
    head = httpx.head(url, headers={"Range": "bytes=0-9"})
    assert (head.status_code, head.content, head.headers["content-length"]) == (206, b"", "10")
    etag = head.headers["etag"]
    assert httpx.get(url, headers={"If-None-Match": etag}).status_code == 304
    same = httpx.get(url, headers={"Range": "bytes=0-9", "If-Range": etag})
    other = httpx.get(url, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_forged_and_unknown_tokens_are_not_found(address: str) -> None:
    url = media_links.film(FILM)
    for token in (
        url[:-2] + "xx",
        "/media/",
        "/media/abc",
        "/media/../../etc/passwd",
        "/media/" + "a" * 5000,
    ):
        answer = httpx.get(address + token)
        assert answer.status_code == 404
        assert "没有这个文件" in answer.text
        assert "no such file" in answer.text
    missing = Rendition(kind=RenditionKind.POSTER, key="renditions/none.jpg")
    assert httpx.get(address + media_links.poster(missing)).status_code == 404


@pytest.fixture
def movable_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIKE_CLOCK_FILE", str(tmp_path / "clock"))


@pytest.mark.usefixtures("movable_clock")
def test_an_expired_link_says_so(address: str) -> None:
    clock.move_to(clock.now() - timedelta(hours=10))
    answer = httpx.get(address + media_links.film(FILM))
    assert answer.status_code == 403
    assert "链接已过期" in answer.text
    assert "expired" in answer.text


def test_only_reading(address: str) -> None:
    answer = httpx.post(address + media_links.film(FILM))
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_a_viewer_who_leaves_does_not_hurt_others(address: str) -> None:
    url = address + media_links.film(FILM)
    for _ in range(20):
        with httpx.stream("GET", url) as answer:
            next(answer.iter_bytes(1024))
    assert httpx.get(url).content == CONTENT


@pytest.mark.usefixtures("movable_clock")
def test_links_stay_the_same_within_the_hour() -> None:
    first = clock.now().replace(minute=1)
    clock.move_to(first)
    one = media_links.film(FILM)
    clock.move_to(first + timedelta(minutes=50))
    assert media_links.film(FILM) == one
    grant = media_links.read(one.removeprefix("/media/"))
    assert timedelta(hours=5) < grant.expires_at - clock.now() <= timedelta(hours=7)


def test_what_is_not_made_has_no_link() -> None:
    assert media_links.film(None) == ""
    assert media_links.poster(Rendition(kind=RenditionKind.POSTER)) == ""


def test_nginx_sends_the_film_where_it_can(tmp_path: Path) -> None:
    server, address = _serve(tmp_path, PAIKE_ACCEL="/objects/")
    try:
        answer = httpx.get(address + media_links.film(FILM))
        assert answer.status_code == 200
        assert answer.content == b""
        assert answer.headers["x-accel-redirect"] == f"/objects/{KEY}"
        assert answer.headers["content-type"] == "video/mp4"
    finally:
        server.terminate()
        server.wait(timeout=20)
