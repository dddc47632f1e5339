"""A film held upright on a phone: uploaded, explained, converted, compared and taken, in a browser."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.entries.models import Entry, Version
from paike.media.models import Conversion
from paike.uploads.models import SealedObject
from tests.e2e.test_entrant import DESKTOP, begin, fill, signed_in
from tests.factories import jobs, phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("PAIKE_LOOK", "")  # a folder for pictures, for who wants to look


def look(page: Page, name: str, *, whole: bool = True) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.evaluate("window.innerWidth"), f"{name} is {wide} px wide"
    if SHOTS:
        page.wait_for_timeout(400)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=whole)


def plays(page: Page) -> None:
    """Both films have pictures."""
    for _ in range(100):
        ready = "[...document.querySelectorAll('video')].every(one => one.readyState >= 2)"
        if page.evaluate(ready):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the films do not play")


def convert(page: Page) -> None:
    """From the gate's refusal to the converted film."""
    expect(page.get_by_role("heading", name="正在检测影片")).to_be_visible(timeout=20_000)
    jobs.run("media.inspect")
    expect(page.get_by_role("heading", name="影片需要修改")).to_be_visible(timeout=10_000)
    expect(page.locator("[data-offer]")).to_contain_text("不裁切")
    look(page, "offer.phone")
    page.get_by_role("button", name="让拍客帮我转换").click()
    expect(page.get_by_text("正在转换影片")).to_be_visible()
    look(page, "converting.phone")
    jobs.run("media.convert")
    expect(page.locator("[data-converted]")).to_be_visible(timeout=10_000)
    look(page, "converted.phone")
    page.get_by_role("link", name="对比并确认").click()


def compare(page: Page) -> None:
    """Both films have their right shape and play together."""
    expect(page.get_by_role("heading", name="对比转换前后")).to_be_visible()
    plays(page)
    expect(page.locator("main")).to_contain_text("1920×1080")
    expect(page.locator("main")).to_contain_text("每秒 60 帧")
    shapes = page.evaluate(
        "[...document.querySelectorAll('video')].map(one => [one.videoWidth, one.videoHeight])"
    )
    assert shapes == [[768, 576], [360, 640]]  # a true 4:3, and the original upright
    page.get_by_role("button", name="一起播放").click()
    times = "[...document.querySelectorAll('video')].map(one => one.currentTime)"
    for _ in range(100):
        if min(page.evaluate(times)) > 0.3:
            break
        page.wait_for_timeout(100)
    one, other = page.evaluate(times)
    assert min(one, other) > 0.3
    assert abs(one - other) < 0.6
    look(page, "comparison.phone")


def submit(page: Page) -> None:
    for box in page.locator("input[name=declarations]").all():
        box.check()
    page.get_by_role("button", name="提交作品").click()
    expect(page.get_by_text("作品已提交").first).to_be_visible()


def choose_a_poster(page: Page) -> None:
    expect(page.locator("[data-posters]")).to_be_visible(timeout=15_000)
    expect(page.locator("[data-storyboard] button")).to_have_count(20)
    look(page, "taken.phone")
    page.locator("[data-storyboard] button").nth(10).click()
    assert page.evaluate("document.querySelector('video[data-player]').currentTime") > 2
    page.locator("[data-posters] button:enabled").first.click()
    expect(page.get_by_text("封面已换")).to_be_visible()


def test_an_upright_phone_film_is_converted_and_taken(
    chromium: Browser, address: str, call: Campaign, person: Account, tmp_path: Path
) -> None:
    path = tmp_path / "VID_2021.mp4"
    path.write_bytes(phone.film(seconds=6.0))
    page = signed_in(chromium, address, person).new_page()
    begin(page, address, call)
    fill(page)
    page.set_input_files("[data-pick]", path)
    convert(page)
    compare(page)
    desk = signed_in(chromium, address, person, **DESKTOP).new_page()
    desk.goto(page.url)
    plays(desk)
    look(desk, "comparison.desktop")
    page.get_by_role("button", name="采用转换后的影片").click()
    page.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}/$"))
    expect(page.get_by_text("已采用转换后的影片")).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("炉前的灯")  # nothing typed is lost
    jobs.run()
    expect(page.get_by_role("heading", name=re.compile("影片检测通过"))).to_be_visible(
        timeout=10_000
    )
    expect(page.get_by_text("这是拍客转换、经您确认的影片")).to_be_visible()
    expect(page.locator("#film-state")).not_to_contain_text("画面左右有黑边")  # they are ours
    choose_a_poster(page)
    conversion = Conversion.objects.get()
    assert Entry.objects.get().film_id == conversion.copy_id
    first, second = SealedObject.objects.order_by("sealed_at")
    assert (first.pk, second.pk) == (conversion.film.pk, conversion.copy_id)
    submit(page)
    assert Version.objects.get().film_id == conversion.copy_id


def test_it_may_be_left_and_a_film_too_long_is_not_offered(
    chromium: Browser, address: str, call: Campaign, person: Account, tmp_path: Path
) -> None:
    path = tmp_path / "VID_2022.mp4"
    path.write_bytes(
        phone.film(codec="libx264", rate=30, width=1280, height=720, rotation=0, seconds=6.0)
    )
    page = signed_in(chromium, address, person, **DESKTOP).new_page()
    begin(page, address, call)
    page.set_input_files("[data-pick]", path)
    expect(page.locator("[data-film-state] [data-offer]")).to_have_count(0)
    expect(page.get_by_role("heading", name="正在检测影片")).to_be_visible(timeout=20_000)
    jobs.run("media.inspect")
    expect(page.locator("[data-offer]")).to_be_visible(timeout=10_000)
    look(page, "offer.desktop")
    page.get_by_role("button", name="让拍客帮我转换").click()
    jobs.run("media.convert")
    page.get_by_role("link", name="对比并确认").click(timeout=10_000)
    plays(page)
    page.get_by_role("button", name="不采用，我自己改").click()
    expect(page.get_by_text("没有采用。请换一个影片文件上传")).to_be_visible()
    assert Conversion.objects.get().refused_at is not None
    long = tmp_path / "long.mp4"
    long.write_bytes(
        phone.film(codec="libx264", rate=5, width=640, height=360, rotation=0, seconds=92)
    )
    page.set_input_files("[data-pick]", long)
    expect(page.locator("[data-verdicts]")).to_contain_text("92")
    expect(page.locator("[data-convertible]")).to_be_hidden()
    assert SealedObject.objects.count() == 1
