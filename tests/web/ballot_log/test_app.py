"""The files of a log over HTTP, as a browser of another site and a cache see them."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytest_django.fixtures import Settings

from paike.voting.adapters.durable_folder import Disk, DurableFolder
from paike.voting.adapters.log_files import LogFiles
from paike.voting.rules.ballot_log import merkle, tiles
from paike.web.ballot_log import app

LEAVES = [f"{number}".encode() for number in range(300)]


async def _other(
    _scope: MutableMapping[str, Any],
    _receive: Callable[[], Awaitable[Any]],
    send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
) -> None:
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.BALLOT_LOGS = tmp_path / "logs"
    files = LogFiles(DurableFolder(Disk(tmp_path / "logs")), "call")
    for size in (100, 300):
        files.append([merkle.leaf_hash(leaf) for leaf in LEAVES[files.size : size]])
        files.append_entries(LEAVES[files.entries : size])
        files.publish(lambda head: f"{head.text}\n— x AAAAAAAA\n", origin="here/c/call/ballot-log")
    (tmp_path / "secret").write_text("no")
    (tmp_path / "logs" / "call" / "tile" / "0" / "000.new").write_text("half")
    return tmp_path


def get(path: str, method: str = "GET", **headers: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app.before(_other))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return await client.request(method, path, headers=headers)

    return asyncio.run(ask())


def test_tiles_are_kept_for_ever() -> None:
    answer = get("/c/call/ballot-log/tile/0/000")
    assert answer.status_code == 200
    assert answer.content == b"".join(merkle.leaf_hash(leaf) for leaf in LEAVES[:256])
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_checkpoint_is_asked_for_again() -> None:
    answer = get("/c/call/ballot-log/checkpoint")
    assert answer.text.startswith("here/c/call/ballot-log\n300\n")
    assert answer.headers["cache-control"] == "public, max-age=2"
    assert answer.headers["content-type"].startswith("text/plain")
    known = get("/c/call/ballot-log/checkpoint", **{"If-None-Match": answer.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_a_head_has_no_body() -> None:
    answer = get("/c/call/ballot-log/tile/entries/000", "HEAD")
    whole = get("/c/call/ballot-log/tile/entries/000")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == len(whole.content)


def test_a_part_of_a_full_tile_is_cut_from_it() -> None:
    answer = get("/c/call/ballot-log/tile/0/000.p/100")
    assert answer.content == b"".join(merkle.leaf_hash(leaf) for leaf in LEAVES[:100])
    answer = get("/c/call/ballot-log/tile/entries/000.p/100")
    assert tiles.unpack(answer.content, width=100) == LEAVES[:100]


@pytest.mark.parametrize(
    "path",
    [
        f"tile/0/{'x001/' * 2000}000", "tile/0/002", "tile/0/001.p/45", "tile/0/000.new", "tile/0/../../../secret", "../secret",
        "%2e%2e/secret", "tile/0/%2e%2e/000", "tile", "nothing", "tile/0/000.p/100.new", "tile//000",
    ],
)  # fmt: skip
def test_nothing_else_can_be_named(path: str) -> None:
    answer = get(f"/c/call/ballot-log/{path}")
    assert answer.status_code in (404, 418)
    assert b"no\n" not in answer.content.replace(b"no such", b"")
    assert "immutable" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize("slug", ["..", ".lock", "other", "call%00"])
def test_no_other_log(slug: str) -> None:
    assert get(f"/c/{slug}/ballot-log/checkpoint").status_code in (404, 418)


def test_it_can_only_be_read() -> None:
    answer = get("/c/call/ballot-log/checkpoint", "POST")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_what_is_not_of_a_log_is_passed_on() -> None:
    assert get("/c/call/").status_code == 418
    assert get("/c/call/ballot-log").status_code == 418
