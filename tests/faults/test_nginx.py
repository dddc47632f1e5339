"""Uploads and films through nginx as it is shipped, with TLS, and through a proxy that dies."""

import hashlib
import ssl
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from django.conf import settings

from paike.accounts.models import Account
from paike.entries.models import Entry
from paike.kernel import clock
from paike.media.models import RenditionKind
from paike.uploads.models import SealedObject, Upload
from paike.uploads.queries import parts as part_queries
from paike.web.shared import media_links
from paike.web.tus.receiving import PIECE
from tests.e2e import server
from tests.factories import accounts, campaigns, media
from tests.factories import entries as factory
from tests.faults import nginx as proxies
from tests.faults.installation import wait
from tests.web.tus.driver import checksum_of, packed

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(proxies.PROGRAM).exists(), reason="nginx is not installed"),
]
FILM = hashlib.sha512(b"frame").digest() * 80_000  # 5 MB: more than a buffer of nginx holds
CHUNK = 1024 * 1024
OFFSET = "application/offset+octet-stream"


@dataclass
class Front:
    """nginx, the web process behind it, an entrant with a draft, and their browser."""

    nginx: proxies.Nginx
    person: Account
    entry: Entry
    client: httpx.Client

    def begin(self) -> str:
        """Where to send the film."""
        answer = self.client.post(
            "/uploads/",
            headers={
                "Upload-Length": str(len(FILM)),
                "Upload-Metadata": packed({"entry": str(self.entry.pk)}),
            },
        )
        assert answer.status_code == 201, answer.text
        return answer.headers["location"]

    def send(self, place: str, offset: int, body: bytes, **headers: str) -> int:
        """One piece; where the server is afterwards."""
        answer = self.client.patch(place, content=body, headers=_about(offset) | headers)
        assert answer.status_code == 204, answer.text
        return int(answer.headers["upload-offset"])

    def kept(self, place: str) -> int:
        return int(self.client.head(place).headers["upload-offset"])

    def finish(self, place: str) -> None:
        """Go on from where the server is, to the end."""
        offset = self.kept(place)
        while offset < len(FILM):
            offset = self.send(place, offset, FILM[offset : offset + CHUNK])

    def break_off(self, place: str, offset: int, part: int, act: Callable[[], object]) -> None:
        """Send `part` bytes of a longer piece; once they have arrived on the disk, `act`."""

        def body() -> Iterator[bytes]:
            yield FILM[offset : offset + part]
            # Only a proxy that passes on what comes lets the server have it now.
            wait(
                lambda: part_queries.received(_id(place)) >= offset + part - PIECE,
                seconds=30,
                what="the part arrived",
            )
            act()
            yield FILM[offset + part : offset + part + CHUNK]
            raise httpx.WriteError("the network is gone")

        headers = _about(offset) | {"Content-Length": str(len(FILM) - offset)}
        with pytest.raises(httpx.HTTPError):
            self.client.patch(place, content=body(), headers=headers)


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    person, now = accounts.account(), clock.now()
    entry = factory.draft(owner=person, campaign=campaigns.campaign(now=now), now=now)
    port = server.free_port()
    nginx = proxies.Nginx(tmp_path, web_port=port, objects=settings.DATA / "objects")
    process = server.start(
        port, PAIKE_URL=nginx.address, PAIKE_TRUSTED_PROXIES="1", PAIKE_ACCEL="/objects/"
    )
    try:
        server.wait_for(f"http://127.0.0.1:{port}")
        nginx.start()
        with _browser(person, nginx) as client:
            yield Front(nginx, person, entry, client)
    finally:
        nginx.cut()
        _stop(process)


def test_a_film_goes_through_in_checked_pieces(front: Front) -> None:
    place, offset = front.begin(), 0
    while offset < len(FILM):
        piece = FILM[offset : offset + CHUNK]
        offset = front.send(place, offset, piece, **{"Upload-Checksum": checksum_of(piece)})
    _arrived_whole(front)


def test_a_connection_cut_in_the_middle_loses_nothing_that_came(front: Front) -> None:
    place = front.begin()
    front.break_off(place, 0, 2 * CHUNK, lambda: None)
    assert front.kept(place) >= 2 * CHUNK - PIECE
    front.finish(place)
    _arrived_whole(front)


def test_a_proxy_that_dies_loses_nothing_that_came(front: Front) -> None:
    place = front.begin()
    front.send(place, 0, FILM[:CHUNK])
    front.break_off(place, CHUNK, CHUNK, front.nginx.cut)
    front.nginx.start()
    assert front.kept(place) >= 2 * CHUNK - PIECE
    front.finish(place)
    _arrived_whole(front)


def test_refusals_come_through_as_they_are(front: Front) -> None:
    about = {"Upload-Metadata": packed({"entry": str(front.entry.pk)})}
    large = front.client.post("/uploads/", headers=about | {"Upload-Length": str(2 * 1024**3)})
    assert large.status_code == 413
    assert large.json()["zh"]
    place = front.begin()
    ahead = front.client.patch(place, content=b"x", headers=_about(5))
    assert ahead.status_code == 409
    assert ahead.headers["upload-offset"] == "0"
    foreign = front.client.patch(
        place, content=b"x", headers=_about(0) | {"Origin": "https://elsewhere.example"}
    )
    assert foreign.status_code == 403
    assert front.client.delete(place).status_code == 204
    assert front.client.head(place).status_code == 410


def test_pages_know_that_they_are_behind_tls(front: Front) -> None:
    answer = front.client.get("/")
    assert answer.status_code == 200
    assert "max-age=" in answer.headers["strict-transport-security"]
    sent = front.client.post(f"/entries/{front.entry.pk}/draft/", data={"title": "x"})
    assert sent.status_code == 403  # no token: the check ran, and did not trip over the proxy


def test_nginx_sends_films_in_ranges_and_nobody_without_a_link(front: Front) -> None:
    content = media.tiny_mp4(seconds=1)
    film = media.sealed_object(owner=front.person, subject_id=front.entry.pk)
    made = media.rendition(film=film, kind=RenditionKind.FILM_576, content=content)
    link = media_links.film(made)
    part = front.client.get(link, headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert part.content == content[10:20]
    assert part.headers["content-type"] == "video/mp4"
    assert "private" in part.headers["cache-control"]
    assert "x-accel-redirect" not in part.headers
    assert front.client.get(f"/objects/{made.key}").status_code == 404  # internal
    assert front.client.get(f"{link}x").status_code == 404


def _about(offset: int) -> dict[str, str]:
    return {"Upload-Offset": str(offset), "Content-Type": OFFSET}


def _id(place: str) -> UUID:
    return UUID(place.rsplit("/", 1)[-1])


def _arrived_whole(front: Front) -> None:
    upload = Upload.objects.get(subject_id=front.entry.pk)
    film = SealedObject.objects.get(upload=upload)
    assert film.sha256 == hashlib.sha256(FILM).hexdigest()
    assert SealedObject.objects.filter(upload__subject_id=front.entry.pk).count() == 1


def _browser(person: Account, nginx: proxies.Nginx) -> httpx.Client:
    cookie = accounts.client(person).cookies[settings.SESSION_COOKIE_NAME].value
    return httpx.Client(
        base_url=nginx.address,
        verify=ssl.create_default_context(cafile=str(nginx.certificate)),
        cookies={settings.SESSION_COOKIE_NAME: cookie},
        headers={"Tus-Resumable": "1.0.0", "Origin": nginx.address},
        timeout=60,
    )


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill(process)
