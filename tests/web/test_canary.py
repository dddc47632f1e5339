"""Names, phones, units and addresses of people appear nowhere in public: not in a page, a header,
a file, a file's name, an error page or a log. The test plants sentinels and crawls."""

import base64
import gzip
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import cast
from urllib.parse import urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from paike.accounts.actions import one_time_codes
from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.exhibition.actions import packages
from paike.kernel import clock
from tests.factories import accounts, exhibition, review
from tests.web import canary, world
from tests.web.access_table import TABLE

MOST_PAGES = 400
LINK = re.compile(r"""(?:href|src|action|hx-get|poster)=["']([^"'#]+)""")
WRONG = ("/nowhere/", "/c/nowhere/", "/entries/not-a-uuid/", "/check/%E6%AC%A7%FF/", "/sign-out/")


@pytest.fixture
def planted(db: None) -> world.World:
    """The world, with sentinels wherever the forms ask for personal data."""
    here = world.build()
    _plant(here.people["stranger"])
    return here


@pytest.fixture
def exhibited(db: None) -> Campaign:
    """A call whose works are on show, with sentinels in what their entrants gave."""
    call = review.small_call()
    exhibition.published(campaign=call)
    _plant()
    return call


def _plant(*but: Account) -> None:
    for person in Account.objects.filter(username__isnull=True).exclude(
        pk__in=[each.pk for each in but]
    ):
        person.real_name, person.unit_name = canary.NAME.value, canary.UNIT.value
        person.save()
    for entry in Entry.objects.all():
        entry.real_name, entry.phone = canary.NAME.value, canary.PHONE.value
        entry.email, entry.reporting_unit = canary.EMAIL.value, canary.UNIT.value
        entry.subject_name, entry.subject_unit = canary.COLLEAGUE.value, canary.WORKSHOP.value
        entry.save()


@pytest.mark.parametrize("role", ["anonymous", "stranger", "juror"])
def test_no_sentinel_is_reachable(
    planted: world.World, role: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = planted.browser(role)
    browser.raise_request_exception = False
    found, seen = [], 0
    for address, response in _crawl(browser, _starts(planted, role)):
        seen += 1
        found += [f"{address}: {leak}" for leak in canary.leaks(_whole(address, response))]
    found += [f"log: {leak}" for leak in canary.leaks(caplog.text.encode())]
    assert not found, "\n".join(found)
    assert seen > 15


def test_the_exhibition_package_holds_no_sentinel(exhibited: Campaign, tmp_path: Path) -> None:
    now = review.moment(exhibited, "exhibit")
    packages.build(campaign_id=exhibited.pk, target=tmp_path / "show", by=None, now=now)
    files = [path for path in (tmp_path / "show").rglob("*") if path.is_file()]
    assert len(files) > 20
    found = [
        f"{path.name}: {leak}"
        for path in files
        for leak in canary.leaks(str(path.relative_to(tmp_path)).encode() + path.read_bytes())
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_without_personal_data_holds_no_sentinel(exhibited: Campaign, kind: str) -> None:
    browser = accounts.client(review.organiser(), strong=True)
    address = reverse("organise-export", kwargs={"slug": exhibited.slug})
    answer = browser.post(address, {"format": kind})
    assert len(answer.content) > 500
    assert canary.leaks(_whole(address, cast("HttpResponse", answer))) == []
    asked = {"format": kind, "personal": "on", "reason": "核对获奖名单"}
    assert canary.leaks(
        _whole(address, cast("HttpResponse", browser.post(address, asked)))
    )  # so it could have leaked


def test_works_on_show_hold_no_sentinel(exhibited: Campaign) -> None:
    works = [
        reverse("work", kwargs={"slug": exhibited.slug, "entry_id": entry.pk})
        for entry in review.shortlisted(campaign=exhibited)
    ]
    call = reverse("call", kwargs={"slug": exhibited.slug})
    pages = dict(_crawl(Client(), ["/", call, *works]))
    assert any(pages[work].status_code == 200 for work in works)
    found = [
        f"{address}: {leak}"
        for address, response in pages.items()
        for leak in canary.leaks(_whole(address, response))
    ]
    assert not found, "\n".join(found)


def test_the_owner_sees_their_own_data_so_there_is_something_to_leak(planted: world.World) -> None:
    browser = planted.browser("entrant")
    page = browser.get(reverse("me"))
    assert {leak.split()[0] for leak in canary.leaks(page.content)} >= {"name", "unit"}


def test_signing_in_leaves_no_trace_in_logs_or_pages(
    planted: world.World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = Client()
    for contact in (canary.PHONE.value, canary.EMAIL.value):
        one_time_codes.send(
            kind="email" if "@" in contact else "phone",
            value=contact,
            session_key="s",
            purpose="sign-in",
            network="n",
            now=clock.now(),
        )
        browser.post("/sign-in/", {"contact": contact, "consent": "on"})
    browser.post("/sign-in/code/", {"code": "000000"})
    assert canary.leaks(caplog.text.encode()) == []


@pytest.mark.parametrize("sentinel", canary.ALL, ids=lambda sentinel: str(sentinel.what))
def test_the_search_finds_every_disguise(sentinel: canary.Sentinel) -> None:
    raw = sentinel.value.encode()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("film.txt", raw)
    for disguise in (
        raw,
        sentinel.value.encode("gb18030"),
        raw.hex().upper().encode(),
        sentinel.value.encode("utf-16-le"),
        sentinel.value.encode("unicode_escape"),
        gzip.compress(b"x" + raw),
        archive.getvalue(),
        *(base64.b64encode(b"x" * n + raw + b"tail") for n in range(3)),
    ):
        assert canary.leaks(
            b"<p>" + disguise if disguise[:2] not in (b"PK", b"\x1f\x8b") else disguise
        )
    for spelling in sentinel.spellings:
        assert canary.leaks(spelling.upper().encode())


def test_a_planted_leak_is_found_by_the_crawl(planted: world.World) -> None:
    planted.call.rulebook["summary"]["zh"] += canary.NAME.value
    planted.call.rulebook_hash = "0" * 64
    planted.call.save()
    pages = _crawl(Client(), _starts(planted, "anonymous"))
    assert any(canary.leaks(_whole(address, response)) for address, response in pages)


def test_nothing_to_find_in_an_innocent_page() -> None:
    assert canary.leaks("王小明 13800138000 第一钢铁厂".encode()) == []


def _starts(here: world.World, role: str) -> list[str]:
    """Every address with arguments that lead somewhere, whatever the answer; and wrong ones."""
    rows = [(name, row) for name, row in TABLE.items() if row.method == "get"]
    return [_address(name, row.address(here)) for name, row in rows] + list(WRONG)


def _address(name: str, arguments: dict[str, object]) -> str:
    return reverse(name.partition(":")[0], kwargs=arguments)  # a row may say how it is asked


def _crawl(browser: Client, starts: list[str]) -> Iterator[tuple[str, HttpResponse]]:
    """Everything reachable by links from `starts` within this house."""
    waiting, known = list(dict.fromkeys(starts)), set(starts)
    while waiting and len(known) < MOST_PAGES:
        address = waiting.pop(0)
        response = browser.get(address)
        yield address, cast("HttpResponse", response)
        for link in _links(address, cast("HttpResponse", response)):
            if link not in known:
                known.add(link)
                waiting.append(link)


def _links(address: str, response: HttpResponse) -> list[str]:
    kind = response.headers.get("Content-Type", "")
    if response.streaming or not kind.startswith(("text/html", "text/css")):
        return []
    found = [unescape(link) for link in LINK.findall(response.content.decode(errors="replace"))]
    here = [urljoin(address, link) for link in found if not link.startswith("data:")]
    return [link for link in here if not urlsplit(link).netloc and link.startswith("/")]


def _whole(address: str, response: HttpResponse) -> bytes:
    """Address, headers and body in one."""
    body = bytes(response.getvalue()) if response.streaming else response.content
    packed = body[:2] in (b"PK", b"\x1f\x8b") or body[:5] == b"%PDF-"
    leaks = "\n".join(canary.leaks(body)).encode() if packed else body
    headers = "\n".join(f"{key}: {value}" for key, value in response.headers.items())
    return f"{address}\n{headers}\n".encode() + leaks
