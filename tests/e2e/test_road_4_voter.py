"""A voter's minute: watch, choose, sign in, be counted, check that it counts."""

import json
import random
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import Begin, Road
from tests.e2e.visits import SIZES, Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("road")]

COUNTED = "dialog[data-fate=counted]"
WAITS = 25_000  # milliseconds: a token is held for three seconds, and the machine may be busy


def test_choices_survive_the_sign_in_and_count_once(road: Road, begin: Begin, size: str) -> None:
    road.reach("vote")
    visit = begin(size)
    page = visit.go(paper(road))
    mine = {cookie["name"] for cookie in visit.context.cookies()}
    assert mine == {"paike_language"}, "no cookie before the vote tap but the one we brought"
    visit.shot("vote-grid")
    page.locator(".ballot-play").first.click()
    visit.sees_the_film_move("[data-film] video")

    wanted = road.rulebook.ballot.works_min
    chosen = choose(page, wanted)
    expect(page.locator("input[data-pick]:enabled")).to_have_count(wanted)  # no more than allowed
    expect(page.locator("[data-basket-count]")).to_have_text(f"{wanted} / {wanted}")
    visit.shot("ballot-basket", whole=False, first=open_basket)
    open_basket(page)
    expect(page.locator("[data-basket-list] li")).to_have_count(wanted)
    page.locator("[data-basket-close]").click()
    tap(page)
    sign_in(visit)
    code = counted(page)
    visit.check_width()
    check_receipt(visit, code, len(chosen))

    page = visit.go(paper(road))
    choose(page, wanted)
    tap(page)
    refusal = page.locator("dialog[data-fate=refused]")
    expect(refusal).to_contain_text("下次可投票", timeout=WAITS)
    visit.check_width()
    if size == "phone":
        visit.shot("ballot-refused", both=False, whole=False)


def test_my_ballots_are_on_this_phone_and_with_the_account(
    road: Road, begin: Begin, size: str
) -> None:
    road.reach("vote")
    visit = begin(size)
    code = vote(visit, road)
    visit.go(f"/c/{road.slug}/ballots/mine/")
    expect(visit.page.locator(f"[data-code='{code}']")).to_contain_text("已计入", timeout=WAITS)
    visit.shot("my-ballots")
    visit.context.clear_cookies()  # signed out: the receipt is still here
    visit.read("zh")
    visit.go(f"/c/{road.slug}/ballots/mine/")
    line = visit.page.locator(f"[data-code='{code}']")
    expect(line).to_contain_text("已计入", timeout=WAITS)
    line.locator("summary").click()
    expect(line.locator("details li")).to_have_count(road.rulebook.ballot.works_min)
    visit.go(f"/c/{road.slug}/log/")
    expect(visit.page.locator("[data-size]")).to_have_text(re.compile(r"^[1-9]\d*$"))
    visit.shot("ballot-log")


def test_a_tampered_receipt_is_refused(road: Road, begin: Begin) -> None:
    road.reach("vote")
    visit = begin("phone")
    code = vote(visit, road)
    page = visit.go(f"/c/{road.slug}/ballots/{code}/")
    expect(page.locator("[data-fate-name]")).to_have_text("已计入", timeout=WAITS)
    for change in ("entry", "salt", "note"):
        page.evaluate(
            """([slug, change]) => {
                const name = `paike.receipts.${slug}`;
                const kept = JSON.parse(localStorage.getItem(name));
                localStorage.setItem('sound', localStorage.getItem('sound') ?? JSON.stringify(kept));
                const receipt = JSON.parse(localStorage.getItem('sound'))[0].receipt;
                if (change === 'entry') receipt.entry = receipt.entry.replace(/"w":.(\\d)/, '"w":[9$1');
                if (change === 'salt') receipt.salt = 'A' + receipt.salt.slice(1, -1) + 'A';
                if (change === 'note') receipt.promise.note = receipt.promise.note.replace(/.{4}\\n$/, 'AAA=\\n');
                localStorage.setItem(name, JSON.stringify([{ receipt, at: kept[0].at }]));
            }""",
            [road.slug, change],
        )
        page.reload()
        page.locator("[data-verify]").click()
        finding = page.locator("[data-finding]")
        expect(finding).to_have_attribute("data-outcome", "bad", timeout=WAITS)


def test_a_network_cut_at_the_tap_costs_nothing(road: Road, begin: Begin) -> None:
    road.reach("vote")
    visit = begin("phone")
    ready(visit, road)
    page = visit.page
    visit.context.set_offline(True)
    tap(page)
    expect(page.locator("dialog[data-fate=offline]")).to_contain_text("网络断了", timeout=WAITS)
    visit.shot("ballot-offline", both=False, whole=False)
    visit.context.set_offline(False)
    code = counted(page)
    assert ballots_of(visit, road) == [code]


def test_an_answer_that_got_lost_is_the_same_receipt(road: Road, begin: Begin) -> None:
    """The ballot arrives, its answer does not: the second sending finds the first."""
    road.reach("vote")
    visit = begin("phone")
    ready(visit, road)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().json()["code"])
        route.abort("internetdisconnected")

    visit.page.route("**/ballots", lose)
    tap(visit.page)
    assert counted(visit.page, "这张选票先前已经计入") == lost[0]
    assert ballots_of(visit, road) == lost


def test_a_receipt_lost_with_the_page_is_found_without_a_pass(road: Road, begin: Begin) -> None:
    """The ballot arrives, its answer does not, the page is closed, the pass runs out."""
    road.reach("vote")
    visit = begin("phone")
    ready(visit, road)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().json()["code"])
        route.abort("internetdisconnected")

    visit.page.route("**/ballots", lose)
    tap(visit.page)
    expect(visit.page.locator("dialog[data-fate=busy]")).to_be_visible(timeout=WAITS)
    visit.another_tab()
    visit.context.clear_cookies()
    visit.read("zh")
    visit.page.goto(paper(road))
    assert counted(visit.page, "这张选票先前已经计入") == lost[0]


def test_who_comes_back_from_the_sign_in_votes_for_what_is_chosen_then(
    road: Road, begin: Begin
) -> None:
    road.reach("vote")
    visit = begin("phone")
    page = visit.go(paper(road))
    choose(page, road.rulebook.ballot.works_min)
    tap(page)
    expect(page.locator("input[name=contact]")).to_be_visible(timeout=WAITS)
    page.go_back()
    expect(page.locator("[data-basket-hint]")).to_contain_text("还没有投出", timeout=WAITS)
    page.locator("input[data-pick]:checked").first.uncheck()
    page.locator("input[data-pick]:not(:checked)").last.check()
    wanted = ticked(page)
    tap(page)
    sign_in(visit)
    page.locator(f"{COUNTED} a.btn-primary").click(timeout=WAITS)
    page.locator("[data-show-works]").click()
    titles = page.locator("[data-works] li").all_inner_texts()
    assert sorted(titles) == wanted


def test_two_tabs_are_one_ballot(road: Road, begin: Begin) -> None:
    road.reach("vote")
    visit = begin("phone")
    ready(visit, road)
    first = visit.page
    second = visit.context.new_page()
    second.goto(paper(road))
    expect(second.locator("[data-basket-vote]")).to_be_enabled()
    tap(first)
    tap(second)
    code = counted(first)
    expect(second.locator("dialog[data-under='']")).to_be_visible(timeout=WAITS)
    assert ballots_of(visit, road) == [code]


def test_a_page_that_was_closed_on_the_way_goes_on_when_it_comes_back(
    road: Road, begin: Begin
) -> None:
    road.reach("vote")
    visit = begin("phone")
    ready(visit, road)
    visit.page.route("**/ballots", lambda route: route.abort("internetdisconnected"))
    tap(visit.page)
    expect(visit.page.locator("dialog[data-fate=busy]")).to_be_visible(timeout=WAITS)
    visit.shot("ballot-busy", both=False, whole=False)
    visit.another_tab()
    visit.page.goto(paper(road))
    code = counted(visit.page)
    assert ballots_of(visit, road) == [code]


def test_the_browser_solves_the_intakes_puzzle(road: Road, begin: Begin) -> None:
    """A solution that is none makes the intake ask for a real one, as it does under load."""
    road.reach("vote")
    visit = begin("phone")
    ready(visit, road)
    asked: list[dict[str, str]] = []

    def ask(route: Route) -> None:
        sent = json.loads(route.request.post_data or "{}")
        asked.append(sent)
        if len(asked) == 1:
            sent = sent | {"challenge": "no solution"}
        route.continue_(post_data=json.dumps(sent))

    visit.page.route("**/tokens", ask)
    tap(visit.page)
    code = counted(visit.page)
    assert [("challenge" in each) for each in asked] == [False, True]
    assert ballots_of(visit, road) == [code]


def test_the_order_is_stable_for_a_visit_and_another_for_the_next(road: Road, begin: Begin) -> None:
    road.reach("vote")
    orders = []
    for _visit in range(4):
        visit = begin("desktop")
        visit.go(paper(road))
        order = works(visit.page)
        visit.page.reload()
        assert works(visit.page) == order
        orders.append(tuple(order))
    assert len(set(orders)) > 1


def test_a_ballot_without_scripts_goes_through_the_same_door(
    road: Road, begin: Begin, chromium: Browser
) -> None:
    road.reach("vote")
    visit = begin("phone")
    visit.go(paper(road))
    sign_in_first(visit, road)
    plain = chromium.new_context(
        base_url=visit.installation.url, viewport=SIZES["phone"], java_script_enabled=False,
        storage_state=visit.context.storage_state(),
    )  # fmt: skip
    page = plain.new_page()
    page.goto(paper(road))
    choose(page, road.rulebook.ballot.works_min)
    page.locator("[data-basket-vote]").click()
    expect(page.locator("h1")).to_have_text("确认选票")
    page.wait_for_timeout(4200)  # a token may be used after three seconds
    page.locator("form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/ballots/[0-9A-Z]{16}/$"))
    expect(page.locator("h1")).to_have_text(re.compile("已收下|已计入"))
    plain.close()


def test_a_day_that_ends_on_the_way_takes_the_ballot_into_the_next(
    road: Road, begin: Begin
) -> None:
    road.reach("vote")
    visit = begin("phone")
    ready(visit, road)
    turned: list[bool] = []

    def turn_the_day(route: Route) -> None:
        if not turned:
            turned.append(True)
            now = visit.installation.now().astimezone(road.rulebook.ballot.opens.tzinfo)
            visit.installation.later(
                timedelta(days=1) - timedelta(hours=now.hour, minutes=now.minute)
            )
        route.continue_()

    visit.page.route("**/ballots", turn_the_day)
    tap(visit.page)
    code = counted(visit.page)
    assert turned
    assert ballots_of(visit, road) == [code]
    visit.go(paper(road))
    choose(visit.page, road.rulebook.ballot.works_min)
    tap(visit.page)
    expect(visit.page.locator("dialog[data-fate=refused]")).to_be_visible(timeout=WAITS)


def paper(road: Road) -> str:
    return f"/c/{road.slug}/vote/"


def choose(page: Page, count: int) -> list[str]:
    """Tick works from the top; gives what is ticked then."""
    for number in range(count):
        page.locator("input[data-pick]").nth(number).check()
    boxes = page.locator("input[data-pick]:checked").all()
    return sorted(box.get_attribute("value") or "" for box in boxes)


def ticked(page: Page) -> list[str]:
    """The titles of what is chosen."""
    cards = page.locator("[data-work]", has=page.locator("input[data-pick]:checked"))
    return sorted(cards.locator(".ballot-title").all_inner_texts())


def works(page: Page) -> list[str]:
    cards = page.locator("[data-work]")
    return [card.get_attribute("data-work") or "" for card in cards.all()]


def tap(page: Page) -> None:
    page.locator("[data-basket-vote]").click()


def open_basket(page: Page) -> None:
    page.locator("[data-basket-open]").click()


def verify(page: Page) -> None:
    page.locator("[data-verify]").click()
    expect(page.locator("[data-finding] li").first).to_be_visible(timeout=WAITS)


def counted(page: Page, words: str = "已计入") -> str:
    """The receipt code, once the ballot is counted."""
    expect(page.locator(COUNTED)).to_contain_text(words, timeout=WAITS)
    return page.locator(f"{COUNTED} [data-receipt-code]").inner_text()


def sign_in(visit: Visit) -> None:
    expect(visit.page.locator("input[name=contact]")).to_be_visible(timeout=WAITS)
    visit.sign_in_by_code(f"1990003{random.SystemRandom().randrange(10_000):04d}")
    visit.page.wait_for_url(re.compile("/vote/"))


def sign_in_first(visit: Visit, road: Road) -> None:
    """Have a session and a pass without casting anything."""
    visit.page.goto(f"/c/{road.slug}/ballots/pass/")
    sign_in(visit)


def ready(visit: Visit, road: Road) -> None:
    """At the paper with a pass, a whole ballot chosen."""
    sign_in_first(visit, road)
    visit.go(paper(road))
    choose(visit.page, road.rulebook.ballot.works_min)


def vote(visit: Visit, road: Road) -> str:
    ready(visit, road)
    tap(visit.page)
    return counted(visit.page)


def ballots_of(visit: Visit, road: Road) -> list[str]:
    """The codes of the account's own ballots, as the server knows them."""
    page = visit.context.new_page()
    page.goto(f"/c/{road.slug}/ballots/mine/")
    found = page.locator("[data-ballots] > [data-code]")
    codes = [line.get_attribute("data-code") or "" for line in found.all()]
    page.close()
    return codes


def check_receipt(visit: Visit, code: str, wanted: int) -> None:
    """From the panel to the receipt: its state, its choice when asked for, its check, its file."""
    page = visit.page
    page.locator(f"{COUNTED} a.btn-primary").click()
    page.wait_for_url(re.compile(rf"/ballots/{code}/$"))
    expect(page.locator("[data-fate-name]")).to_have_text("已计入", timeout=WAITS)
    shown = page.locator("[data-works] li")
    expect(shown).to_have_count(0)  # the choice is shown when asked for
    page.locator("[data-show-works]").click()
    expect(shown).to_have_count(wanted)
    page.locator("[data-show-works]").click()
    page.locator("[data-verify]").click()
    expect(page.locator("[data-finding]")).to_have_attribute("data-outcome", "good", timeout=WAITS)
    with page.expect_download() as loading:
        page.locator("[data-download]").click()
    kept = json.loads(loading.value.path().read_text(encoding="utf-8"))
    assert kept["code"] == code
    visit.check_width()
    visit.shot("receipt", first=verify)
