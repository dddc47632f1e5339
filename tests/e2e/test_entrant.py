"""The entrant's evening in a real browser: a phone, a real film, a network that breaks."""

import re
import struct
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.entries.models import Entry, Version
from paike.uploads.models import SealedObject, Upload
from tests.factories import accounts, jobs, media

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
MB = 1024**2


def signed_in(chromium: Browser, address: str, person: Account, **size: int) -> BrowserContext:
    """A browser of this person; a phone unless a size is given."""
    cookie = accounts.client(person).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(viewport=size or PHONE, locale="zh-CN", device_scale_factor=2)  # type: ignore[arg-type]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
    return context


def film(folder: Path, *, size: int = 0, **looks: int) -> Path:
    """A real film; a `free` box, which players skip, makes it as large as a test needs."""
    content = media.tiny_mp4(**{"seconds": 6, **looks})
    missing = max(size - len(content), 8)
    path = folder / f"film-{size}-{looks.get('seed', 0)}.mp4"
    path.write_bytes(content + struct.pack(">I4s", missing, b"free") + bytes(missing - 8))
    return path


def begin(page: Page, address: str, call: Campaign) -> None:
    page.goto(f"{address}/c/{call.slug}/entries/new/")
    page.get_by_role("button", name="开始填写").click()
    page.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}/$"))


def fill(page: Page) -> None:
    """Everything but the film and the declarations."""
    page.locator("input[name=theme]").first.check()
    page.locator("input[name=route][value=recommended]").check()
    page.get_by_placeholder("输入单位名称查找").fill("广东")
    page.locator("#units-found input[name=unit]").first.check()
    for name, value in {
        "title": "炉前的灯",
        "synopsis": "他在高炉前守了三十年，把每一班都当作第一班，徒弟们说他就是炉前的一盏灯。",
        "credit": "王小明",
        "subject_name": "李建国",
        "subject_unit": "第一钢铁厂",
        "real_name": "王小明",
        "reporting_unit": "第一钢铁厂",
    }.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("input[name=credit_kind]").first.check()


def slow(page: Page, *, bytes_per_second: int, offline: bool = False) -> None:
    session = page.context.new_cdp_session(page)
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": offline,
            "latency": 20,
            "downloadThroughput": -1,
            "uploadThroughput": bytes_per_second,
        },
    )


def sent_at_least(page: Page, thousandths: int) -> None:
    """Wait until the progress bar says so."""
    for _ in range(300):
        if page.locator("[data-bar]").evaluate("bar => bar.value") >= thousandths:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the bar never reached {thousandths}")


def test_a_film_goes_from_the_phone_to_the_gate(
    chromium: Browser, address: str, call: Campaign, person: Account, tmp_path: Path
) -> None:
    context = signed_in(chromium, address, person)
    page = context.new_page()
    page.goto(f"{address}/my/")
    page.goto(f"{address}/c/{call.slug}/entries/new/")
    begin(page, address, call)
    fill(page)
    expect(page.locator("[data-saved]")).to_contain_text("已保存", timeout=10_000)
    expect(page.locator("p [data-title]")).to_contain_text("《炉前的灯》")
    page.set_input_files("[data-pick]", film(tmp_path))
    expect(page.get_by_text("正在检测影片")).to_be_visible(timeout=15_000)
    assert SealedObject.objects.count() == 1
    jobs.run()
    expect(page.get_by_role("heading", name="影片检测通过")).to_be_visible(timeout=10_000)
    expect(page.locator("#film-state video")).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="提交作品").click()
    expect(page.locator("[data-faults]")).to_be_visible()
    for box in page.locator("input[name=declarations]").all():
        box.check()
    page.get_by_role("button", name="提交作品").click()
    expect(page.get_by_text("作品已提交").first).to_be_visible()
    assert Version.objects.get().cleared_at is not None
    on_a_desk(chromium, address, person, page.url)


def on_a_desk(chromium: Browser, address: str, person: Account, entry: str) -> None:
    """Pictures of the submitted entry on a wide screen."""
    page = signed_in(chromium, address, person, **DESKTOP).new_page()
    page.goto(entry)
    page.goto(f"{address}/my/")


def test_a_bad_film_is_explained_before_the_first_byte(
    chromium: Browser, address: str, call: Campaign, person: Account, tmp_path: Path
) -> None:
    page = signed_in(chromium, address, person).new_page()
    begin(page, address, call)
    page.set_input_files("[data-pick]", film(tmp_path, seconds=92, rate=1, seed=3))
    verdicts = page.locator("[data-verdicts]")
    expect(verdicts).to_contain_text("92")
    expect(verdicts).to_contain_text("90")
    assert not Upload.objects.exists()


def test_an_upload_survives_a_dead_network_and_a_closed_tab(
    chromium: Browser, address: str, call: Campaign, person: Account, tmp_path: Path
) -> None:
    context = signed_in(chromium, address, person)
    page = context.new_page()
    begin(page, address, call)
    big = film(tmp_path, size=6 * MB)
    slow(page, bytes_per_second=MB)
    page.set_input_files("[data-pick]", big)
    expect(page.locator("[data-upload][data-state=sending]")).to_be_visible()
    sent_at_least(page, 200)
    context.set_offline(True)
    expect(page.locator("[data-upload][data-state=interrupted]")).to_be_visible(timeout=10_000)
    context.set_offline(False)
    expect(page.locator("[data-upload][data-state=sending]")).to_be_visible(timeout=20_000)
    sent_at_least(page, 450)
    entry_page = page.url
    page.close()  # the tab is gone; another device goes on
    other = signed_in(chromium, address, person).new_page()
    other.goto(entry_page)
    expect(other.locator("[data-words]")).to_contain_text(re.compile(r"已收到 \d\.\d MB / 6\.0 MB"))
    other.set_input_files("[data-pick]", film(tmp_path, size=6 * MB, seed=9))
    expect(other.locator("[data-words]")).to_contain_text("这不是上次的文件")
    other.set_input_files("[data-pick]", big)
    expect(other.get_by_text("正在检测影片")).to_be_visible(timeout=30_000)
    sealed = SealedObject.objects.get()
    assert sealed.size == big.stat().st_size
    assert Upload.objects.count() == 1
    assert Entry.objects.get().film_id == sealed.pk
