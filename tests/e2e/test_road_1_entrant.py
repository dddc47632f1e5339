"""From the call's page to a submitted work: link, code, form, a film on a bad line."""

import random
import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from paike.demo.cast import name_of
from tests.e2e import screens
from tests.e2e.conftest import Begin, Road
from tests.e2e.visits import Visit, until
from tests.factories import media

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("road")]

MB = 1024**2
TITLES = {"phone": "夜班公交", "desktop": "炉前的灯"}
# Both languages only where pictures of both are wanted; the words differ, the road does not.
TONGUES = screens.LANGUAGES if screens.WANTED else ("zh",)


@pytest.mark.parametrize("language", TONGUES)
def test_an_entrant_submits_over_a_broken_line(
    road: Road, begin: Begin, size: str, language: str, tmp_path: Path
) -> None:
    road.reach("collect")
    phone = f"1990001{random.SystemRandom().randrange(10_000):04d}"
    visit = begin(size, language)
    follow_the_link(visit, road, phone)
    fill(visit.page, title=TITLES[size])
    visit.check_width()
    refuse_a_wrong_film(visit, tmp_path)
    film = padded(road.installation.data / "demo-films" / "002.mp4", tmp_path, bytes_=5 * MB)
    send_until_the_line_breaks(visit, film)
    entry = visit.page.url
    visit.page.close()

    other = begin(size, language)  # another device
    other.page.goto(entry)
    other.sign_in_by_code(phone)
    go_on_with_the_same_film(other, film)
    other.sees_the_film_move("#film-state video")
    other.shot("verdict-passed", both=False)
    submit(other)
    other.go("/my/")
    expect(other.page.get_by_text(TITLES[size])).to_be_visible()
    other.shot("my-entries", both=False)


@pytest.mark.parametrize("language", TONGUES)
def test_a_film_with_hints_goes_on_and_gets_captions(
    road: Road, begin: Begin, size: str, language: str, tmp_path: Path
) -> None:
    road.reach("collect")
    visit = begin(size, language)
    page = visit.go(f"/sign-in/?next=/c/{road.slug}/entries/new/")
    phone = f"1990002{random.SystemRandom().randrange(10_000):04d}"
    visit.sign_in_by_code(phone)
    visit.go("/my/")
    expect(page.locator("main .work-card")).to_have_count(0)
    visit.shot("my-entries-empty", both=False)
    visit.context.set_offline(True)
    expect(page.locator(".offline-line")).to_be_visible()
    visit.shot("offline", both=False, whole=False)
    visit.context.set_offline(False)
    expect(page.locator(".offline-line")).to_be_hidden()

    visit.go(f"/c/{road.slug}/entries/new/")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}/$"))
    silent = tmp_path / "silent.mp4"
    silent.write_bytes(media.tiny_mp4(seconds=6, sound=False))
    page.set_input_files("[data-pick]", silent)
    hints = page.locator("#film-state .verdict-warn")
    expect(hints).not_to_have_count(0, timeout=40_000)
    expect(page.locator("#film-state .verdict-refuse")).to_have_count(0)
    expect(page.locator("#film-state video")).to_be_visible(timeout=40_000)
    expect(hints.first.locator(".verdict-advice")).to_be_visible()
    visit.check_width()
    page.locator("#film-state section").evaluate("part => part.scrollIntoView()")
    visit.shot("verdict-hints", both=False, whole=False)
    caption(visit, tmp_path)


def caption(visit: Visit, folder: Path) -> None:
    """A file that can't be read is refused with its line; a good one is shown by the player."""
    page, file = visit.page, folder / "captions.srt"
    page.locator("[name=title]").fill("无声的灯")
    for times, outcome in (("00:00 --> x", "error"), ("00:00:00,200 --> 00:00:05,000", "success")):
        if not page.locator("input[name=captions]").is_visible():
            page.locator("details:has(input[name=captions]) > summary").click()
        file.write_text(f"1\n{times}\n<i>炉前的灯</i>\n")
        page.set_input_files("input[name=captions]", file)
        page.locator("button[formaction$='/captions/']").click()
        expect(page.locator(f".alert-{outcome}").first).to_be_visible()
        expect(page.locator("[name=title]")).to_have_value("无声的灯")  # typed, and not lost
    track = "document.querySelector('#film-state video').textTracks[0]"
    until(page, f"{track}?.cues?.length === 1")
    assert page.evaluate(f"{track}.cues[0].text") == "炉前的灯"
    visit.check_width()
    page.evaluate("document.querySelector('#film-state video').currentTime = 1")
    page.locator("#film-state").evaluate("part => part.scrollIntoView()")
    visit.shot("captions", both=False, whole=False)


@pytest.mark.parametrize("language", TONGUES)
def test_who_asks_for_codes_too_fast_is_told_to_wait(
    begin: Begin, size: str, language: str
) -> None:
    visit = begin(size, language)
    phone = f"1990004{random.SystemRandom().randrange(10_000):04d}"
    for status in (302, 429):
        page = visit.go("/sign-in/")
        page.fill("input[name=contact]", phone)
        consent = page.locator("input[name=consent]")
        if consent.count():
            consent.check()
        with page.expect_response(lambda one: one.request.method == "POST") as answered:
            page.locator("form:has(input[name=contact]) button.btn-primary").click()
        assert answered.value.status == status
    expect(page.locator(".field-error").first).to_be_visible()
    visit.shot("too-many-tries", both=False)


@pytest.mark.parametrize("language", TONGUES)
def test_a_form_without_its_cookie_is_a_page_that_expired(
    begin: Begin, size: str, language: str
) -> None:
    visit = begin(size, language)
    page = visit.go("/sign-in/")
    page.fill("input[name=contact]", "19900050000")
    consent = page.locator("input[name=consent]")
    if consent.count():
        consent.check()
    visit.context.clear_cookies(name="csrftoken")
    with page.expect_response(lambda one: one.request.method == "POST") as answered:
        page.locator("form:has(input[name=contact]) button.btn-primary").click()
    assert answered.value.status == 403
    expect(page.locator("h1")).to_be_visible()
    visit.shot("page-expired", both=False)


def follow_the_link(visit: Visit, road: Road, phone: str) -> None:
    """From the call's page over the unit's link to an empty form."""
    page = visit.go(f"/c/{road.slug}/")
    expect(page.locator("h1").first).to_be_visible()
    visit.shot("call-home", both=False)
    page = visit.go(f"/join/{road.join}/")
    page.locator("main form button.btn-primary").click()
    expect(page.locator("input[name=contact]")).to_be_visible()
    visit.shot("register", both=False)
    visit.sign_in_by_code(phone)
    page.wait_for_url(f"**/c/{road.slug}/entries/new/")
    visit.shot("new-entry", both=False)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}/$"))


def fill(page: Page, *, title: str) -> None:
    """The form; the unit is chosen already by the link that was followed."""
    expect(page.locator("input[name=unit]:checked")).to_have_count(1)
    page.locator("input[name=theme]").first.check()
    page.locator("input[name=route][value=recommended]").check()
    person = name_of(random.SystemRandom().randrange(10_000))
    for name, value in {
        "title": title,
        "synopsis": "她在炉前守了三十年，把每一班都当作第一班，徒弟们说她就是炉前的一盏灯。",
        "credit": person,
        "subject_name": "李建国",
        "subject_unit": "第一钢铁厂",
        "real_name": person,
        "reporting_unit": "第一钢铁厂",
    }.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("input[name=credit_kind]").first.check()
    expect(page.locator("[data-saved]")).not_to_be_empty()


def refuse_a_wrong_film(visit: Visit, folder: Path) -> None:
    """The page says so before the first byte leaves."""
    wrong = folder / "wrong.mp4"
    wrong.write_bytes(media.tiny_mp4(seconds=92, rate=1))
    sent: list[str] = []
    visit.page.on("request", lambda one: sent.append(one.url) if "/uploads/" in one.url else None)
    visit.page.set_input_files("[data-pick]", wrong)
    verdicts = visit.page.locator("[data-verdicts]")
    expect(verdicts).to_contain_text("92")
    expect(verdicts).to_contain_text("90")
    assert sent == []
    visit.shot("verdict-refused", both=False)


def send_until_the_line_breaks(visit: Visit, film: Path) -> None:
    page = visit.page
    slow = visit.context.new_cdp_session(page)
    pace = (
        0.5 if screens.WANTED else 1.5
    ) * MB  # a picture takes its time, and the film must not end
    slow.send("Network.enable")
    slow.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": pace},
    )
    page.set_input_files("[data-pick]", film)
    expect(page.locator("[data-upload][data-state=sending]")).to_be_visible()
    sent_at_least(page, 200)
    visit.shot("upload-progress", both=False)
    visit.context.set_offline(True)
    expect(page.locator("[data-upload][data-state=interrupted]")).to_be_visible()
    visit.shot("upload-interrupted", both=False)
    visit.context.set_offline(False)
    expect(page.locator("[data-upload][data-state=sending]")).to_be_visible(timeout=20_000)
    sent_at_least(page, 450)


def go_on_with_the_same_film(visit: Visit, film: Path) -> None:
    """What has arrived is told; the same file goes on, verdicts and player come by themselves."""
    page = visit.page
    expect(page.locator("[data-words]")).to_contain_text(re.compile(r"\d\.\d MB.+\d\.\d MB"))
    visit.shot("upload-resumed", both=False)
    marks = page.evaluate("window.mark = 'not reloaded'")
    page.set_input_files("[data-pick]", film)
    expect(page.locator("#film-state .verdict-pass")).not_to_have_count(0, timeout=40_000)
    expect(page.locator("#film-state video")).to_be_visible(timeout=40_000)
    assert page.evaluate("window.mark") == marks


def submit(visit: Visit) -> None:
    page = visit.page
    for box in page.locator("input[name=declarations]").all():
        box.check()
    page.locator("[data-submit]").click()
    expect(page.locator("form[data-entry]")).to_have_count(0)
    expect(page.locator("[data-faults]")).to_have_count(0)
    visit.check_width()


def padded(film: Path, folder: Path, *, bytes_: int) -> Path:
    """The film, as large as a test needs: players skip a `free` box."""
    content = film.read_bytes()
    missing = max(bytes_ - len(content), 8) + random.randrange(9999)
    target = folder / "film.mp4"
    target.write_bytes(content + struct.pack(">I4s", missing, b"free") + bytes(missing - 8))
    return target


def sent_at_least(page: Page, thousandths: int) -> None:
    """Wait until the progress bar says so."""
    until(page, f"document.querySelector('[data-bar]').value >= {thousandths}")
