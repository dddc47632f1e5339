"""What an inspection says, as people meet it: an entrant whose film is refused puts it right, and
whoever judges a film jumps from a finding to its moment. Pictures of both go to the guide when
`PAIKE_SCREENS` is set."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.entries.models import Version
from paike.kernel import clock
from paike.media.actions import inspections
from paike.review.models import Referral
from tests.corpus import films, making
from tests.e2e.test_conversion import look
from tests.e2e.test_entrant import DESKTOP, PHONE, begin, fill, signed_in
from tests.factories import accounts, campaigns, jobs, media, orgs, review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = Path(__file__).parents[2] / "docs" / "guide" / "pictures"
# Black from the start, then a title; speech without subtitles.
FAULTY = films.good("tuning", "bunny", "examined", seconds=9.0, black=((0, 2.6),), subtitles=(),
                    title_at=(3.0, 6.0), spoken=films.good("tuning", "bunny").spoken[1:2])  # fmt: skip


def damaged(folder: Path) -> Path:
    """A film whose boxes are in order and whose pictures are not: only the server can tell."""
    content = media.tiny_mp4(seconds=6)
    data = content.index(b"mdat") + 4
    path = folder / "damaged.mp4"
    path.write_bytes(content[:data] + bytes(len(content) - data))
    return path


def sign(page: Page) -> None:
    for box in page.locator("input[name=declarations]").all():
        box.check()


def photograph(page: Page, name: str) -> None:
    if os.environ.get("PAIKE_SCREENS"):
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png")


def test_a_refused_film_is_explained_put_right_and_sent_again(
    chromium: Browser, address: str, call: Campaign, person: Account, tmp_path: Path
) -> None:
    page = signed_in(chromium, address, person).new_page()
    begin(page, address, call)
    fill(page)
    page.set_input_files("[data-pick]", damaged(tmp_path))
    expect(page.get_by_text("正在检测影片")).to_be_visible(timeout=15_000)
    jobs.run()
    expect(page.get_by_role("heading", name="影片需要修改")).to_be_visible(timeout=10_000)
    verdict = page.locator("#film-state .verdict-refuse")
    expect(verdict).to_contain_text("解不开")
    expect(verdict).to_contain_text("请重新导出成片后上传")
    page.locator("#film-state").scroll_into_view_if_needed()
    photograph(page, "refused")
    sign(page)

    page.locator("input[name=declarations]").first.scroll_into_view_if_needed()
    page.set_input_files("[data-pick]", making.film(FAULTY))
    expect(page.get_by_text("正在检测影片")).to_be_visible(timeout=15_000)
    jobs.run()
    expect(page.get_by_role("heading", name="影片检测通过，有提示")).to_be_visible(timeout=10_000)
    hints = page.locator("#film-state .verdict-warn")
    expect(hints.filter(has_text="黑屏")).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("炉前的灯")  # nothing typed is lost
    # Nothing is under way any more, so the part is not replaced under our hands.
    expect(page.locator("#film-state")).not_to_have_attribute("hx-trigger", re.compile("every"))
    hints.first.scroll_into_view_if_needed()
    # The picture that shows it has arrived.
    expect(hints.locator("img").first).not_to_have_js_property("naturalWidth", 0)
    photograph(page, "hints")
    page.get_by_role("button", name="提交作品").click()
    expect(page.get_by_text("作品已提交").first).to_be_visible()
    version = Version.objects.get()
    assert version.cleared_at is not None
    assert version.film.size == making.film(FAULTY).stat().st_size


def picked(page: Page, film: Path) -> None:
    page.set_input_files("[data-pick]", film)
    expect(page.get_by_text("正在检测影片")).to_be_visible(timeout=15_000)


def sent(page: Page) -> None:
    sign(page)
    page.get_by_role("button", name="提交作品").click()
    expect(page.get_by_text("作品已提交").first).to_be_visible()


def told_of_the_refusal(page: Page) -> None:
    """On the entry's page, with what to do; and in the inbox."""
    page.reload()
    expect(page.get_by_text("影片需要修改，改好后重新提交")).to_be_visible()
    verdict = page.locator("#film-state .verdict-refuse")
    expect(verdict).to_contain_text("解不开")
    expect(verdict).to_contain_text("请重新导出成片后上传")
    expect(page.locator("[name=title]")).to_have_value("炉前的灯")  # nothing typed is lost
    inbox = page.context.new_page()
    inbox.goto(re.sub(r"/entries/.*", "/inbox/", page.url))
    expect(inbox.get_by_text("影片需要修改").first).to_be_visible()


def test_a_submitted_version_that_is_refused_is_told_put_right_and_its_verdict_stays(
    chromium: Browser, address: str, call: Campaign, person: Account, tmp_path: Path
) -> None:
    page = signed_in(chromium, address, person).new_page()
    begin(page, address, call)
    fill(page)
    picked(page, damaged(tmp_path))
    sent(page)  # before the gate has spoken
    jobs.run()
    first = Version.objects.get()
    assert first.refused_at is not None
    told_of_the_refusal(page)

    picked(page, making.film(FAULTY))
    jobs.run()
    black = page.locator("#film-state .verdict-warn").filter(has_text="黑屏")
    expect(black.locator("img").first).not_to_have_js_property("naturalWidth", 0, timeout=15_000)
    expect(page.locator("#film-state")).not_to_have_attribute("hx-trigger", re.compile("every"))
    sent(page)
    again, old = Version.objects.order_by("-number")
    assert (again.number, old.number, old.pk) == (2, 1, first.pk)
    assert again.cleared_at is not None
    assert old.refused_at == first.refused_at
    story = page.locator("details").filter(has_text="第 1 版")
    story.locator("summary").first.click()
    expect(story.locator(".verdict-refuse")).to_contain_text("解不开")
    look(page, "versions.phone")


@pytest.fixture
def waiting() -> Referral:
    """A film with findings that waits at a unit."""
    campaign = campaigns.campaign(now=clock.now(), deed="recommend")
    referral = review.waiting(campaign=campaign, unit=orgs.body(), now=clock.now())
    version = referral.version
    film = media.sealed_object(
        content=making.film(FAULTY).read_bytes(), owner=version.entry.owner,
        subject_id=version.entry.pk,
    )  # fmt: skip
    version.inspection = inspections.request(film=film, limits=media.film_rules(), now=clock.now())
    version.film = film
    version.save()
    jobs.run("media.inspect", "media.examine", "media.render")
    return referral


def at_the_desk(
    chromium: Browser, address: str, clerk: Account, *, size: dict[str, int]
) -> BrowserContext:
    session = accounts.client(clerk, strong=True).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(viewport=size, locale="zh-CN")  # type: ignore[arg-type] # two numbers
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    return context


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_whoever_judges_jumps_from_a_finding_to_its_moment(
    chromium: Browser, waiting: Referral, address: str, size: dict[str, int]
) -> None:
    page = at_the_desk(chromium, address, review.clerk_of(waiting.unit), size=size).new_page()
    page.goto(address + reverse("review-desk", args=[waiting.pk]))
    black = page.locator(".verdict-warn").filter(has_text="黑屏")
    expect(black.locator("img").first).to_be_visible()
    film = page.locator("video[data-player]")
    expect(film).not_to_have_js_property("readyState", 0, timeout=15_000)
    photograph(page, f"finding-{size['width']}")
    jumps(page, film, black)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_editor_jumps_from_a_finding_to_its_moment(
    chromium: Browser, waiting: Referral, address: str, size: dict[str, int]
) -> None:
    page = at_the_desk(chromium, address, orgs.editor(), size=size).new_page()
    slug = waiting.version.entry.campaign.slug
    page.goto(address + reverse("publication", args=[slug, waiting.version.entry_id]))
    film = page.locator("video[data-player]")
    expect(film).not_to_have_js_property("readyState", 0, timeout=15_000)
    look(page, f"editor-finding.{size['width']}")
    jumps(page, film, page.locator(".verdict-warn").filter(has_text="黑屏"))


def jumps(page: Page, film: Locator, finding: Locator) -> None:
    """A click on the finding takes the film into the black beginning, in view."""
    jump = finding.locator("[data-seek]").first
    jump.scroll_into_view_if_needed()
    jump.click()
    second = float(jump.get_attribute("data-seek") or 0)
    assert 0 < second < 2.6
    for _ in range(50):
        if abs(film.evaluate("film => film.currentTime") - second) < 0.1:
            break
        page.wait_for_timeout(100)
    else:
        raise AssertionError(f"the film never jumped to {second} s")
    expect(film).to_be_in_viewport()
