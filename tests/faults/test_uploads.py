"""Uploads through kills and full disks: what was acknowledged is there, byte for byte."""

import hashlib
import os
import resource
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from django.conf import settings

from paike.accounts.models import Account
from paike.kernel import clock
from paike.uploads.actions import parts
from paike.uploads.models import SealedObject, Upload
from paike.uploads.queries import parts as part_queries
from tests.e2e import server
from tests.factories import accounts, campaigns
from tests.factories import entries as factory
from tests.factories import uploads as upload_factory
from tests.web.tus.driver import checksum_of, packed

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

FILM = hashlib.sha512(b"frame").digest() * 40_000  # 2.5 MB
CHUNK = 64 * 1024


def test_nothing_acknowledged_is_lost_when_the_server_is_killed() -> None:
    person, now = accounts.account(), clock.now()
    entry = factory.draft(owner=person, campaign=campaigns.campaign(now=now), now=now)
    port = server.free_port()
    process = server.start(port)
    try:
        client = _client(person, port)
        place = client.post(
            "/uploads/",
            headers={
                "Upload-Length": str(len(FILM)),
                "Upload-Metadata": packed({"entry": str(entry.pk)}),
            },
        ).headers["location"]
        acknowledged, kills = 0, 0
        while acknowledged < len(FILM):
            body = FILM[acknowledged : acknowledged + CHUNK]
            if acknowledged > (kills + 1) * len(FILM) // 4 and kills < 3:
                _kill_in_the_middle(client, process, place, acknowledged)
                kills += 1
                process = server.start(port)
                server.wait_for(f"http://127.0.0.1:{port}")
                kept = int(client.head(place).headers["upload-offset"])
                assert kept >= acknowledged
                acknowledged = kept
                continue
            answer = _patch(client, place, acknowledged, body, checksum=checksum_of(body))
            assert answer.status_code == 204, answer.text
            acknowledged = int(answer.headers["upload-offset"])
        assert kills == 3
        film = SealedObject.objects.exclude(pk__in=[entry.film_id]).get()
        assert film.sha256 == hashlib.sha256(FILM).hexdigest()
    finally:
        server.kill(process)


def test_a_full_disk_keeps_what_had_arrived(tmp_path: Path) -> None:
    """A process that may write files of 100 kB only, as a full disk would let it."""
    upload = upload_factory.upload(size=300_000, content=b"a" * 50_000)
    program = """
import resource, signal, sys
import django
django.setup()
from uuid import UUID
from paike.uploads.actions import parts
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
with parts.open_writer(UUID(sys.argv[1])) as writer:
    try:
        writer.append(b"b" * 200_000)
    except parts.DiskFull:
        print("full at", writer.offset)
"""
    ended = subprocess.run(
        [sys.executable, "-c", program, str(upload.pk)],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "paike.config.settings"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.stdout.strip() == "full at 50000", ended.stderr
    assert part_queries.lasting(upload.pk) == 50_000
    with parts.open_writer(upload.pk) as writer:
        writer.append(b"c")
        assert writer.offset == 50_001
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 100_000
    assert Upload.objects.get(pk=upload.pk).ended_at is None


def _client(person: Account, port: int) -> httpx.Client:
    address = f"http://127.0.0.1:{port}"
    server.wait_for(address)
    cookie = accounts.client(person).cookies[settings.SESSION_COOKIE_NAME].value
    return httpx.Client(
        base_url=address,
        cookies={settings.SESSION_COOKIE_NAME: cookie},
        headers={"Tus-Resumable": "1.0.0"},
        timeout=30,
    )


def _patch(
    client: httpx.Client, place: str, offset: int, body: bytes, *, checksum: str = ""
) -> httpx.Response:
    headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    if checksum:
        headers["Upload-Checksum"] = checksum
    return client.patch(place, content=body, headers=headers)


def _kill_in_the_middle(
    client: httpx.Client, process: "subprocess.Popen[bytes]", place: str, offset: int
) -> None:
    """Send a long body and kill the server while it comes."""

    def body() -> "object":
        yield FILM[offset : offset + CHUNK]
        server.kill(process)
        yield FILM[offset + CHUNK : offset + 2 * CHUNK]

    headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    with pytest.raises(httpx.HTTPError):
        client.patch(place, content=body(), headers=headers)  # type: ignore[arg-type]
