"""The ballot check in a real browser: charts are drawn, nothing overflows a phone."""

import os
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from bench.stuffing import attacks
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Error, Page

from paike.kernel import clock
from paike.voting.actions import counting, detection_runs
from paike.voting.models import BallotLog
from paike.voting.queries import standings
from tests.e2e import server
from tests.factories import accounts, orgs, stuffed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = {"phone": (390, 844), "desktop": (1366, 900)}


@pytest.mark.parametrize("counts", ["live", "hidden"])
def test_charts_are_drawn_and_fit(chromium: Browser, counts: str) -> None:
    now = clock.now()
    vote = stuffed.vote(now=now, replace={'counts = "frozen-last-day"': f'counts = "{counts}"'})
    made, honest = stuffed.people(1_500)
    stuffed.put(vote, honest)
    stuffed.put(vote, attacks.script(made, 7, 200))
    detection_runs.run(campaign_id=vote.call.pk, slot=now, is_final=False, now=now)
    session = accounts.client(orgs.organiser(), strong=True).cookies[settings.SESSION_COOKIE_NAME]
    with server.running() as address:
        for size, (width, height) in SIZES.items():
            context = chromium.new_context(
                viewport={"width": width, "height": height}, locale="zh-CN"
            )
            context.add_cookies([{"name": session.key, "value": session.value, "url": address}])
            page = context.new_page()
            wrong: list[str] = []
            page.on("pageerror", partial(_note, wrong))
            for name in ("", f"{vote.numbers[7]}/"):
                page.goto(f"{address}/organise/{vote.call.slug}/forensics/{name}")
                if name:
                    page.wait_for_selector("[data-timeline] svg")
                    if counts == "live":
                        page.wait_for_selector("[data-company] svg")
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, f"{size}: {wide} px wide"
                if folder := os.environ.get("PAIKE_SHOTS"):
                    shot = (
                        Path(folder) / f"forensics-{'work' if name else 'all'}-{counts}-{size}.png"
                    )
                    page.screenshot(path=shot, full_page=True)
            assert wrong == []
            context.close()


def _note(wrong: list[str], fault: Error) -> None:
    wrong.append(str(fault))


def test_the_entrant_explains_and_two_people_decide(chromium: Browser) -> None:
    """Asked, answered, proposed, not confirmed by the same person, confirmed by another, published."""
    now = clock.now()
    unit = orgs.unit(parent=orgs.body("GD"))
    vote = stuffed.vote(now=now, unit=unit)
    made, honest = stuffed.people(1_500)
    stuffed.put(vote, honest)
    stuffed.put(vote, attacks.script(made, 7, 200))
    detection_runs.run(campaign_id=vote.call.pk, slot=now, is_final=False, now=now)
    work, desk = vote.works[7], f"/organise/{vote.call.slug}/forensics/{vote.numbers[7]}/"
    people = {
        "entrant": accounts.client(work.owner),
        "clerk": accounts.client(orgs.clerk(unit), strong=True),
        "one": accounts.client(orgs.organiser(), strong=True),
        "two": accounts.client(orgs.organiser(), strong=True),
    }
    with server.running() as address:
        seen = {name: _page_of(chromium, client, address) for name, client in people.items()}
        _explain(seen["entrant"], f"{address}/entries/{work.pk}/votes/")
        seen["clerk"].goto(f"{address}/desk/units/{unit.pk}/windows/")
        _shot(seen["clerk"], "windows")
        _propose(seen["one"], address + desk)
        _confirm(seen["two"], address + desk)
        BallotLog.objects.filter(pk=vote.log.pk).update(closed_at=vote.closes)
        assert counting.count(
            campaign_id=vote.call.pk, now=vote.closes + timedelta(minutes=1), first=True
        )
        answer = seen["entrant"].goto(f"{address}/c/{vote.call.slug}/count/")
        assert answer is not None
        assert answer.status == 200
        _shot(seen["entrant"], "count")
        published = seen["entrant"].inner_text("main")
        assert "还没有计票结果" not in published
        assert "200" in published
        for page in seen.values():
            page.context.close()


LADDER = """sanctions = [
  { offence = 1, act = "pause-work", minutes = 60 },
  { offence = 2, act = "zero-votes" },
  { offence = 3, act = "disqualify" },
]"""


def test_the_ladder_pauses_then_zeroes_then_disqualifies(chromium: Browser) -> None:
    """Three times the work's own side is found to have done it, and the public sees what follows."""
    now = clock.now()
    vote = stuffed.vote(
        works=8, now=now,
        replace={'sanctions = [{ offence = 1, act = "void-ballots" }]': LADDER},
    )  # fmt: skip
    work, other = vote.numbers[0], vote.numbers[1]
    desk = f"/organise/{vote.call.slug}/forensics/{work}/"
    for day in range(5):  # votes that count, whatever is set aside below
        stuffed.one(vote, vote.numbers[:5], at=now - timedelta(hours=day + 1))
    asked = now - timedelta(hours=49)  # the entrant's time to answer is over
    with server.running() as address:
        one, two = (
            _page_of(chromium, accounts.client(orgs.organiser(), strong=True), address)
            for _ in range(2)
        )
        steps = ("暂停该作品投票 60 分钟", "该作品票数清零", "取消该作品资格")
        for place, step in enumerate(steps):
            found = [stuffed.one(vote, vote.numbers[:5], at=now) for _ in range(3)]
            stuffed.quarantine(vote, found, now=asked + timedelta(minutes=place))
            _rule_with_the_ladder(one, two, address + desk, step)
            assert one.locator(f"text=按规则书处理作品：{step}").count() == 1
            _shot(one, f"ladder-{place + 1}")
            assert (work in standings.paused(vote.call.pk, now=clock.now())) is True
            assert (work in standings.zeroed(vote.call.pk)) is (place >= 1)
        paper = f"{address}/c/{vote.call.slug}/vote/"
        one.goto(paper)
        assert one.locator("input[data-pick]").count() == 7  # the work has left the ballot
        _shot(one, "ladder-vote")
        BallotLog.objects.filter(pk=vote.log.pk).update(closed_at=vote.closes)
        made = counting.count(
            campaign_id=vote.call.pk, now=vote.closes + timedelta(minutes=1), first=True
        )
        assert made is not None
        assert str(work) not in made.body["counted"]
        assert made.body["counted"][str(other)] == 5
        assert made.body["void"] == 9
        for page in (one, two):
            page.context.close()


def _rule_with_the_ladder(one: Page, two: Page, address: str, step: str) -> None:
    """One proposes to void and to take the ladder's next step, the other confirms."""
    one.goto(address)
    form = one.locator("form:has(input[name=act])")
    assert form.locator(f"text={step}").count() == 1
    form.locator("input[name=act][value=void]").check()
    form.locator("input[name=sanctioned]").check()
    form.locator("textarea[name=reason]").fill("作品一方雇人刷票，有聊天记录")
    form.locator("button.btn-primary").click()
    two.goto(address)
    assert f"提议作废 · {step}" in two.locator("main").inner_text()
    two.locator("details.confirm summary").click()
    two.locator("form[action$='/confirmation/'] button:not([data-confirm-close])").click()
    two.wait_for_load_state()
    one.goto(address)


def _explain(page: Page, address: str) -> None:
    page.goto(address)
    _shot(page, "explanation")
    page.fill("textarea[name=text]", "工会在厂门口贴了海报，下班时大家一起投的。")
    page.click("form:has(textarea[name=text]) button")
    page.wait_for_load_state()
    _shot(page, "explanation-given")


def _propose(page: Page, address: str) -> None:
    """Who proposed is told to wait, and has nothing to confirm with."""
    page.goto(address)
    assert "下班时大家一起投的" in page.content()
    page.check("input[name=act][value=void]")
    page.fill("textarea[name=reason]", "同一地址一小时内二百张")
    page.click("form:has(input[name=act]) button.btn-primary")
    page.goto(address)
    assert "提议的人不能自己确认" in page.content()
    assert page.locator("form[action$='/confirmation/']").count() == 0
    _shot(page, "proposed")


def _confirm(page: Page, address: str) -> None:
    page.goto(address)
    page.click("details.confirm summary")
    _shot(page, "confirming")
    page.click("form[action$='/confirmation/'] button:not([data-confirm-close])")
    page.wait_for_load_state()
    page.goto(address)
    assert "已作废" in page.content()
    _shot(page, "decided")


def _page_of(chromium: Browser, client: Client, address: str) -> Page:
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    context.add_cookies([{"name": session.key, "value": session.value, "url": address}])
    return context.new_page()


def _shot(page: Page, name: str) -> None:
    """Nothing is wider than the phone; a picture is kept where a folder is named, at both sizes."""
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES["phone"][0], name
    if folder := os.environ.get("PAIKE_SHOTS"):
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=Path(folder) / f"{name}-{size}.png", full_page=True)
        page.set_viewport_size({"width": 390, "height": 844})
