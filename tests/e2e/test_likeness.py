"""The same film by two people, the second time mirrored, with a mark and encoded anew: both uploaded and
submitted in a browser, found to be alike, explained, given back, and decided when it comes unchanged."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, ViewportSize, expect

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.media.adapters import comparing
from paike.review.models import LikenessCase
from tests.corpus import montages
from tests.e2e.test_conversion import look, submit
from tests.e2e.test_entrant import begin, fill, signed_in
from tests.factories import accounts, jobs, orgs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECONDS = 12


@pytest.fixture(autouse=True)
def nothing_compared_yet() -> None:
    comparing.forget()


def _enter(page: Page, address: str, call: Campaign, film: Path) -> None:
    """From the empty form to a submitted work whose film was compared with all others."""
    begin(page, address, call)
    fill(page)
    page.set_input_files("[data-pick]", film)
    expect(page.get_by_role("heading", name="正在检测影片")).to_be_visible(timeout=20_000)
    jobs.run()
    page.reload()
    submit(page)
    jobs.run()
    page.reload()


def _in_form(images: list[montages.Image]) -> list[montages.Image]:
    return [montages.scaled(image, 720, 576) for image in images]


def test_two_uploaded_films_become_a_case_that_is_decided(
    chromium: Browser, address: str, call: Campaign, tmp_path: Path
) -> None:
    shots = montages.shots(1, SECONDS)
    original = montages.written(_in_form(shots), tmp_path / "original.mp4")
    changed = [montages.with_logo(image[:, ::-1]) for image in shots]
    copy = montages.written(_in_form(changed), tmp_path / "copy.mp4", crf=30)
    people = [accounts.account(real_name=name) for name in ("王小明", "李小红")]
    pages = [signed_in(chromium, address, person).new_page() for person in people]
    _enter(pages[0], address, call, original)
    assert not LikenessCase.objects.exists()
    _enter(pages[1], address, call, copy)
    case = LikenessCase.objects.get()
    first, second = Entry.objects.order_by("number")
    assert (case.earlier.entry_id, case.later.entry_id) == (first.pk, second.pk)
    assert case.likeness is not None
    assert (case.likeness.kind, case.likeness.stretches[0]["mirrored"]) == ("whole", True)
    _explain(pages[1], first)
    _give_back(chromium, address, case, second)
    pages[1].reload()
    expect(pages[1].locator("main")).to_contain_text("换掉借用的段落")
    look(pages[1], "likeness-returned.phone")
    pages[1].goto(f"{address}/entries/{second.pk}/")
    submit(pages[1])
    jobs.run()
    again = LikenessCase.objects.get(outcome="")
    assert again.later.entry_id == second.pk
    _merge(chromium, address, again, second)
    pages[1].reload()
    expect(pages[1].locator("main")).to_contain_text("作品已合并")
    look(pages[1], "likeness-merged.phone")


def _explain(page: Page, other: Entry) -> None:
    """The copy's author reads what was found, not of whom, and answers."""
    expect(page.locator("main")).to_contain_text("与其他影片相似")
    expect(page.locator("main")).to_contain_text("与更早收到的一部影片几乎完全相同")
    assert str(other.pk) not in page.content()
    look(page, "likeness-report.phone")
    page.click("text=查看并说明")
    page.fill("textarea", "我们在网上找到的。")
    page.click("text=提交说明")
    expect(page.get_by_role("heading", name="您的说明")).to_be_visible()


def _desk(chromium: Browser, address: str, case: LikenessCase, account: Account) -> Page:
    name = settings.SESSION_COOKIE_NAME
    session = accounts.client(account, strong=True).cookies[name].value
    context = chromium.new_context(viewport=ViewportSize(width=1280, height=800), locale="zh-CN")
    context.add_cookies([{"name": name, "value": session, "url": address}])
    desk = context.new_page()
    desk.goto(f"{address}/organise/{case.campaign.slug}/likenesses/{case.pk}/")
    return desk


def _give_back(chromium: Browser, address: str, case: LikenessCase, entry: Entry) -> None:
    """The editor plays both side by side and gives the later one back."""
    desk = _desk(chromium, address, case, orgs.editor())
    expect(desk.locator("main")).to_contain_text("我们在网上找到的。")
    desk.locator("[data-passage]").first.click()
    times = "[...document.querySelectorAll('video')].map(one => one.currentTime)"
    for _ in range(100):
        if min(desk.evaluate(times)) > 0.3:
            break
        desk.wait_for_timeout(100)
    assert min(desk.evaluate(times)) > 0.3
    look(desk, "likeness-case.desktop")
    assert desk.locator("input[value=merged]").count() == 0  # an editor does not
    desk.check("input[value=returned]")
    desk.check(f"input[value='{entry.pk}']")
    desk.fill("#id_reason", "请换掉借用的段落。")
    desk.click("text=确认决定")
    expect(desk.locator("h1")).to_contain_text("一部退回修改")


def _merge(chromium: Browser, address: str, case: LikenessCase, entry: Entry) -> None:
    """The organiser merges."""
    desk = _desk(chromium, address, case, orgs.organiser())
    desk.check("input[value=merged]")
    desk.check(f"input[value='{entry.pk}']")
    desk.fill("#id_reason", "同一部作品，由两个单位报送。")
    look(desk, "likeness-merge.desktop")
    desk.click("text=确认决定")
    expect(desk.locator("h1")).to_contain_text("已合并")
