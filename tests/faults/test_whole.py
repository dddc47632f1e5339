"""The whole installation loses its database, its web server and its worker while a film arrives and
while it is inspected: every acknowledged byte is there, and the job ends."""

import contextlib
import hashlib
import json
import os
import signal
import time
from collections.abc import Iterable

import httpx
import pytest

from paike.config.postgres import cluster, traces
from paike.media.models import RenditionKind
from tests.factories import media
from tests.faults.installation import Installation, wait
from tests.web.tus.driver import packed

pytestmark = pytest.mark.faults
PIECES = 9
COPIES = len(RenditionKind)
TYPE = "application/offset+octet-stream"


def test_a_film_arrives_and_is_judged_whatever_dies(ready: Installation) -> None:
    installation, film = ready, media.tiny_mp4(seconds=6, rate=10)
    client, entry = _entrant(installation)
    place = client.post(
        "/uploads/",
        headers={"Upload-Length": str(len(film)), "Upload-Metadata": packed({"entry": entry})},
    ).headers["location"]
    victims = {
        len(film) // 3: _database,
        len(film) * 2 // 3: _web,
    }
    acknowledged = 0
    while acknowledged < len(film):
        due = [at for at in victims if at <= acknowledged]
        for at in due:
            _kill(victims.pop(at)(installation))
        kept = _offset(client, place) if due else acknowledged
        assert kept >= acknowledged, "something acknowledged was lost"
        acknowledged = _send(client, place, film, kept)
    assert victims == {}
    wait(lambda: _one(installation, "SELECT 1 FROM media_inspection"), seconds=40, what="it waits")
    _kill(_worker(installation))
    _kill(_database(installation))
    assert _one(installation, "SELECT sha256 FROM uploads_sealedobject") == (
        hashlib.sha256(film).hexdigest()
    )
    wait(
        lambda: _one(installation, "SELECT outcome || fault FROM media_inspection"),
        seconds=60,
        what="the inspection ends or is visibly given up",
    )
    assert _one(installation, "SELECT outcome FROM media_inspection") == "pass"
    wait(
        lambda: _one(installation, "SELECT count(finished_at) FROM media_rendition") == COPIES,
        seconds=120,
        what="the copies are made",
    )


def _entrant(installation: Installation) -> tuple[httpx.Client, str]:
    """The browser of somebody with a draft, in front of the running installation."""
    output, _ = installation.start("-m", "tests.faults.one_entrant").communicate(timeout=60)
    made = json.loads(output.splitlines()[-1])
    installation.up()
    client = httpx.Client(
        base_url=f"http://127.0.0.1:{installation.port}",
        cookies={made["name"]: made["value"]},
        headers={"Tus-Resumable": "1.0.0"},
        timeout=15,
    )
    return client, made["entry"]


def _send(client: httpx.Client, place: str, film: bytes, offset: int) -> int:
    """Send one piece; how much the server then says it has."""
    piece = film[offset : offset + len(film) // PIECES + 1]
    headers = {"Upload-Offset": str(offset), "Content-Type": TYPE}
    try:
        answer = client.patch(place, content=piece, headers=headers)
    except httpx.HTTPError:
        return _offset(client, place)
    return offset + len(piece) if answer.status_code == 204 else _offset(client, place)


def _offset(client: httpx.Client, place: str) -> int:
    """How much has arrived, asked until somebody answers."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            answer = client.head(place)
        except httpx.HTTPError:
            time.sleep(0.2)
            continue
        if answer.status_code == 200:
            return int(answer.headers["upload-offset"])
        assert answer.status_code >= 500, answer
        time.sleep(0.2)
    raise AssertionError("the server did not come back")


def _database(installation: Installation) -> Iterable[int]:
    return traces.processes(cluster.folder(installation.data))


def _web(installation: Installation) -> Iterable[int]:
    return installation.children("paike.config.cli", " web ")


def _worker(installation: Installation) -> Iterable[int]:
    return installation.children("paike.config.cli", " worker ")


def _kill(victims: Iterable[int]) -> None:
    found = list(victims)
    assert found
    for pid in found:
        with contextlib.suppress(ProcessLookupError):  # went with the one before
            os.kill(pid, signal.SIGKILL)


def _one(installation: Installation, query: str) -> object:
    """The first value of the answer; None while there is none, or no database."""
    if not cluster.accepts(installation.data):
        wait(lambda: cluster.accepts(installation.data), seconds=40, what="the database is back")
    with installation.connect() as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None
