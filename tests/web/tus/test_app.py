"""The protocol on the real application, real files, the real database."""

import asyncio
import hashlib
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from paike.accounts.models import Account
from paike.campaigns.queries import campaigns as campaign_queries
from paike.entries.models import Entry
from paike.kernel import clock
from paike.objects.adapters.memory import MemoryStore
from paike.uploads.actions import cleaning, parts, uploads
from paike.uploads.models import SealedObject, Upload
from paike.uploads.queries import parts as part_queries
from paike.uploads.rules import limits
from paike.web.tus import app, receiving
from tests.factories import accounts, campaigns
from tests.factories import entries as factory
from tests.web.tus import driver
from tests.web.tus.driver import Browser, checksum_of, packed

BODY = bytes(range(256)) * 40


@pytest.fixture
def person() -> Account:
    return accounts.account()


@pytest.fixture
def entry(person: Account) -> Entry:
    now = clock.now()
    made = factory.draft(owner=person, campaign=campaigns.campaign(now=now), now=now)
    made.film = None
    made.save()
    SealedObject.objects.all().delete()
    Upload.objects.all().delete()
    return made


@pytest.fixture
def browser(person: Account) -> Browser:
    return Browser(person)


def begun(browser: Browser, entry: Entry, *, size: int = len(BODY)) -> str:
    reply = browser.create(size=size, entry=entry.pk)
    assert reply.status == 201, reply
    return reply.headers["location"]


def upload_of(place: str) -> Upload:
    return Upload.objects.get(pk=place.rpartition("/")[2])


def test_options_says_what_is_spoken(browser: Browser) -> None:
    reply = browser.ask("OPTIONS", "/uploads/")
    assert reply.status == 204
    assert reply.headers["tus-version"] == "1.0.0"
    assert reply.headers["tus-extension"] == "creation,expiration,checksum,termination"
    assert "sha256" in reply.headers["tus-checksum-algorithm"]


def test_a_film_arrives_in_chunks_and_is_sealed(
    browser: Browser, entry: Entry, store: MemoryStore
) -> None:
    place = begun(browser, entry)
    assert place.startswith("/uploads/")
    assert browser.head(place).offset == 0
    first = browser.patch(place, offset=0, body=BODY[:4000], checksum=checksum_of(BODY[:4000]))
    assert (first.status, first.offset) == (204, 4000)
    assert browser.head(place).headers["upload-length"] == str(len(BODY))
    last = browser.patch(place, offset=4000, body=BODY[4000:])
    assert (last.status, last.offset) == (204, len(BODY))
    film = SealedObject.objects.get()
    assert film.sha256 == hashlib.sha256(BODY).hexdigest()
    assert store.read_range(film.key, 0, len(BODY) + 1) == BODY
    assert not part_queries.path_of(film.upload_id).exists()
    entry.refresh_from_db()
    assert entry.film_id == film.pk


def test_the_last_chunk_twice_makes_one_object(
    browser: Browser, entry: Entry, store: MemoryStore
) -> None:
    place = begun(browser, entry)
    for _ in range(3):
        reply = browser.patch(place, offset=0, body=BODY)
        assert (reply.status, reply.offset) == (204, len(BODY))
    assert browser.head(place).offset == len(BODY)
    assert SealedObject.objects.count() == 1
    assert not list(part_queries.all_ids())


def test_what_arrived_before_the_cut_is_kept(browser: Browser, entry: Entry) -> None:
    place = begun(browser, entry)
    browser.patch(place, offset=0, body=BODY[:5000], cut=True)
    assert browser.head(place).offset == 5000
    assert browser.patch(place, offset=5000, body=BODY[5000:]).status == 204


def test_a_cut_chunk_with_a_checksum_leaves_nothing_unchecked(
    browser: Browser, entry: Entry
) -> None:
    place = begun(browser, entry)
    browser.patch(place, offset=0, body=BODY[:5000], cut=True, checksum=checksum_of(BODY))
    assert browser.head(place).offset == 0


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_a_damaged_chunk_is_dropped(browser: Browser, entry: Entry, algorithm: str) -> None:
    place = begun(browser, entry)
    bad = browser.patch(place, offset=0, body=BODY[:999], checksum=checksum_of(b"else", algorithm))
    assert bad.status == 460
    assert browser.head(place).offset == 0
    good = checksum_of(BODY[:999], algorithm)
    assert browser.patch(place, offset=0, body=BODY[:999], checksum=good).status == 204


@pytest.mark.parametrize(
    ("named", "status"),
    [
        ({"upload_offset": "1"}, 409),
        ({"upload_offset": "-1"}, 400),
        ({"upload_offset": "1e3"}, 400),
        ({"upload_offset": "09"}, 400),
        ({"upload_checksum": "crc32 AAAA"}, 400),
        ({"upload_checksum": "sha1 ***"}, 400),
        ({"upload_checksum": "sha1 AAAA"}, 400),
        ({"content_type": "video/mp4"}, 415),
        ({"tus_resumable": "0.2.2"}, 412),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
    ],
)
def test_what_is_not_clearly_right_is_refused(
    browser: Browser, entry: Entry, named: dict[str, Any], status: int
) -> None:
    place = begun(browser, entry)
    reply = browser.patch(place, offset=0, body=b"abc", **named)
    assert reply.status == status
    assert {"code", "zh", "en"} <= set(reply.refusal)
    assert browser.head(place).offset == 0


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8000", "http://" + driver.HOST])
def test_our_own_pages_may_send(browser: Browser, entry: Entry, origin: str) -> None:
    place = begun(browser, entry)
    assert browser.patch(place, offset=0, body=b"abc", origin=origin).status == 204


def test_more_bytes_than_the_file_has_are_refused(browser: Browser, entry: Entry) -> None:
    place = begun(browser, entry, size=10)
    assert browser.patch(place, offset=0, body=b"x" * 11).status == 413
    chunked = browser.ask(
        "PATCH",
        place,
        pieces=[b"x" * 6, b"x" * 6],
        upload_offset="0",
        content_type=driver.TYPE["content-type"],
    )
    assert chunked.status == 413
    assert browser.head(place).offset == 0


def test_limits_are_checked_before_the_first_byte(browser: Browser, entry: Entry) -> None:
    # Larger than a film may be in the end: Paike offers to make it smaller.
    size_max = campaign_queries.rulebook_of(entry.campaign).film.arrival_max
    reply = browser.create(size=size_max + 1, entry=entry.pk)
    assert (reply.status, reply.refusal["code"]) == (413, "too-large")
    assert "1.0 GB" in reply.refusal["zh"]
    assert browser.create(size=0, entry=entry.pk).status == 400
    assert not Upload.objects.exists()
    assert browser.create(size=size_max, entry=entry.pk).status == 201


@pytest.mark.parametrize(
    "metadata",
    [
        "entry",
        "entry !!!",
        "entry YQ==,entry YQ==",
        "entry /w==",
        "entré YQ==",
        "a" * 5000,
        "entry YQ==,,",
    ],
)
def test_bad_metadata_is_refused(browser: Browser, metadata: str) -> None:
    reply = browser.ask("POST", "/uploads/", upload_length="5", upload_metadata=metadata)
    assert reply.status in (400, 404)
    assert not Upload.objects.exists()


def test_a_hostile_name_goes_nowhere(browser: Browser, entry: Entry, store: MemoryStore) -> None:
    hostile = {"filename": "../../../etc/passwd\x00.mp4", "key": "films/other.mp4"}
    reply = browser.create(size=3, entry=entry.pk, metadata=hostile)
    place = reply.headers["location"]
    browser.patch(place, offset=0, body=b"abc")
    assert SealedObject.objects.get().key == f"films/{upload_of(place).pk}.mp4"


@pytest.mark.parametrize("named", [{"upload_length": ""}, {"upload_defer_length": "1"}])
def test_the_length_must_be_told(browser: Browser, entry: Entry, named: dict[str, Any]) -> None:
    metadata = packed({"entry": str(entry.pk)})
    assert browser.ask("POST", "/uploads/", upload_metadata=metadata, **named).status == 400


def test_another_persons_upload_and_entry_do_not_exist(browser: Browser, entry: Entry) -> None:
    place = begun(browser, entry)
    other = Browser(accounts.account())
    assert other.create(size=10, entry=entry.pk).status == 404
    assert other.head(place).status == 404
    assert other.patch(place, offset=0, body=b"abc").status == 404
    assert other.ask("DELETE", place).status == 404
    assert browser.head(place).offset == 0
    for place_of_nobody in ("/uploads/no-uuid", "/uploads/" + "0" * 32, "/uploads/..%2f"):
        assert browser.head(place_of_nobody).status == 404


def test_nobody_uploads_without_signing_in(entry: Entry) -> None:
    assert Browser().create(size=10, entry=entry.pk).status == 401
    forged = Browser()
    forged.cookie = f"{settings.SESSION_COOKIE_NAME}=forged"
    assert forged.create(size=10, entry=entry.pk).status == 401


def test_a_submitted_entry_takes_no_film(browser: Browser, person: Account, entry: Entry) -> None:
    sent = factory.submitted(owner=person, campaign=entry.campaign, now=clock.now())
    assert browser.create(size=10, entry=sent.pk).refusal["code"] == "not-now"


def test_a_call_that_has_closed_takes_no_film(person: Account, browser: Browser) -> None:
    past = clock.now() - timedelta(days=400)
    late = factory.draft(owner=person, campaign=campaigns.campaign(now=past), now=past)
    assert browser.create(size=10, entry=late.pk).status == 403


def test_unfinished_uploads_are_not_begun_without_end(browser: Browser, entry: Entry) -> None:
    places = [begun(browser, entry) for _ in range(limits.UNFINISHED_MAX)]
    assert browser.create(size=10, entry=entry.pk).refusal["code"] == "too-many"
    assert browser.ask("DELETE", places[0]).status == 204
    assert browser.create(size=10, entry=entry.pk).status == 201


def test_a_given_up_upload_is_gone(browser: Browser, entry: Entry) -> None:
    place = begun(browser, entry)
    browser.patch(place, offset=0, body=b"abc")
    assert browser.ask("DELETE", place).status == 204
    assert browser.ask("DELETE", place).status == 204
    assert browser.head(place).status == 410
    assert browser.patch(place, offset=3, body=b"abc").status == 410
    assert not part_queries.path_of(upload_of(place).pk).exists()


def test_an_expired_upload_is_gone_and_removed(browser: Browser, entry: Entry) -> None:
    place = begun(browser, entry)
    browser.patch(place, offset=0, body=b"abc")
    Upload.objects.update(expires_at=clock.now())
    assert browser.head(place).status == 410
    assert browser.patch(place, offset=3, body=b"abc").status == 410
    assert cleaning.remove_abandoned(now=clock.now()) == 1
    assert not list(part_queries.all_ids())
    assert upload_of(place).ended_why == "expired"


def test_a_stored_film_can_not_be_given_up(
    browser: Browser, entry: Entry, store: MemoryStore
) -> None:
    place = begun(browser, entry)
    browser.patch(place, offset=0, body=BODY)
    assert browser.ask("DELETE", place).status == 409
    assert SealedObject.objects.count() == 1


def test_one_writer_at_a_time(
    browser: Browser, entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PATIENCE", 0.3)
    place = begun(browser, entry)
    with parts.open_writer(upload_of(place).pk):
        monkeypatch.setattr(parts.open_writer, "__kwdefaults__", {"patience": 0.3})
        busy = browser.patch(place, offset=0, body=b"abc")
    assert (busy.status, busy.refusal["code"]) == (423, "busy")
    assert browser.patch(place, offset=0, body=b"abc").status == 204


def test_a_silent_writer_steps_aside_and_keeps_what_it_had(
    browser: Browser, entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "LISTEN", 0.05)
    monkeypatch.setattr(receiving, "SILENCE", 0.2)
    place = begun(browser, entry)
    stale = threading.Thread(target=_send_and_fall_silent, args=[browser, place, BODY[:3000]])
    stale.start()
    upload_id = upload_of(place).pk
    deadline = time.monotonic() + 5
    while not part_queries.path_of(upload_id).exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.3)
    resumed = browser.patch(place, offset=3000, body=BODY[3000:])
    stale.join()
    assert (resumed.status, resumed.offset) == (204, len(BODY))


def _send_and_fall_silent(browser: Browser, place: str, body: bytes) -> None:
    async def talk() -> None:
        coming = [{"type": "http.request", "body": body, "more_body": True}]

        async def receive() -> dict[str, Any]:
            if coming:
                return coming.pop()
            await asyncio.sleep(30)
            return {"type": "http.disconnect"}

        async def send(message: object) -> None:
            """Nobody listens."""

        named = {
            "host": driver.HOST,
            "cookie": browser.cookie,
            "tus-resumable": "1.0.0",
            "upload-offset": "0",
            **driver.TYPE,
        }
        scope = {
            "type": "http",
            "method": "PATCH",
            "path": place,
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        }
        await app.application(scope, receive, send)

    asyncio.run(talk())


def test_a_crash_before_sealing_is_made_good(
    browser: Browser, entry: Entry, store: MemoryStore
) -> None:
    place = begun(browser, entry)
    upload = upload_of(place)
    part_queries.path_of(upload.pk).write_bytes(BODY)  # the last byte came, then the process died
    store.put_file(f"films/{upload.pk}.mp4", part_queries.path_of(upload.pk))  # even after storing
    assert cleaning.finish_whole(now=clock.now()) == 1
    assert cleaning.finish_whole(now=clock.now()) == 0
    assert SealedObject.objects.get().sha256 == hashlib.sha256(BODY).hexdigest()


def test_asking_again_finishes_what_a_crash_left(
    browser: Browser, entry: Entry, store: MemoryStore
) -> None:
    place = begun(browser, entry)
    part_queries.path_of(upload_of(place).pk).write_bytes(BODY)
    assert browser.head(place).offset == len(BODY)
    assert SealedObject.objects.count() == 1


def test_a_part_left_after_sealing_is_removed(
    browser: Browser, entry: Entry, store: MemoryStore
) -> None:
    place = begun(browser, entry)
    browser.patch(place, offset=0, body=BODY)
    part_queries.path_of(upload_of(place).pk).write_bytes(BODY)
    cleaning.remove_abandoned(now=clock.now())
    assert not list(part_queries.all_ids())
    assert uploads.seal(upload_id=upload_of(place).pk, now=clock.now()).size == len(BODY)


def test_no_disk_no_upload(browser: Browser, entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RESERVE", 10**18)
    assert browser.create(size=10, entry=entry.pk).status == 507


def test_the_place_is_made_by_us_alone(browser: Browser, entry: Entry) -> None:
    metadata = packed({"entry": str(entry.pk)})
    for path in ("/uploads/拍/", "/uploads/a/b/"):
        reply = browser.ask("POST", path, upload_length="5", upload_metadata=metadata)
        assert reply.status == 405
    place = begun(browser, entry)
    assert place == f"/uploads/{upload_of(place).pk}"
    assert browser.head(place.replace("/uploads/", "/uploads/x/")).status == 404


def test_cookies_of_others_beside_ours_do_not_sign_out(browser: Browser, entry: Entry) -> None:
    browser.cookie = 'theirs={"a": [1, 2]}; 名=字; ' + browser.cookie
    browser.cookie = browser.cookie.encode().decode("latin-1")
    assert browser.head(begun(browser, entry)).status == 200
