"""Who voters are, and that nobody is two."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client

from paike.accounts.actions import persons, registrations
from paike.campaigns.models import Campaign
from paike.campaigns.rules.rulebook import BallotRule
from paike.kernel import clock
from paike.voting import ports
from paike.voting.actions import ballot_logs
from paike.voting.adapters.wechat import WeChatLogin
from paike.voting.queries import ballots
from paike.voting.rules import secrets, tokens
from paike.voting.rules.identity import signed_headers
from paike.web.public.identity import PROVIDERS
from tests.factories import accounts, race, wechat

SECRET = "a shared secret of more than 32 characters"
IN_WECHAT = {"User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0.49"}


@pytest.fixture
def now(db: None) -> datetime:
    return clock.now()


def call(now: datetime, identity: str = "account") -> Campaign:
    made = race.campaign(now=now, replace={'identity = "account"': f'identity = "{identity}"'})
    race.shortlist(made, works=6, now=now)
    ballot_logs.prepare(campaign_id=made.pk, now=now)
    return made


def tap(client: Client, made: Campaign, **asked: str) -> Any:  # noqa: ANN401 - the test client's answer
    return client.get(f"/c/{made.slug}/ballots/pass/", asked)


def given(answer: Any, made: Campaign) -> tokens.Pass:  # noqa: ANN401 - the test client's answer
    secret = ballots.secret(made.pk)
    assert secret is not None
    cookie = answer.cookies["paike_pass"]
    assert cookie["path"] == f"/intake/{made.slug}/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    return tokens.read_pass(cookie.value, slug=made.slug, key=secrets.pass_key(secret))


def test_who_signs_out_takes_the_pass_along(now: datetime) -> None:
    """The next person at this phone is asked who they are."""
    made = call(now)
    ballot_logs.open_due(now=now)
    browser = accounts.client(accounts.account())
    names = ("paike_pass", "paike_confirming")
    answer = tap(browser, made)
    assert all(answer.cookies[name].value for name in names)
    left = browser.post("/sign-out/")
    for name in names:
        assert left.cookies[name].value == ""
        assert left.cookies[name]["path"] == answer.cookies[name]["path"]
        assert left.cookies[name]["max-age"] == 0


def test_every_word_of_the_rulebook_has_its_provider() -> None:
    field = BallotRule.model_fields["identity"]
    assert set(PROVIDERS) == set(field.annotation.__args__)  # type: ignore[union-attr]  # a Literal
    for provider in PROVIDERS.values():
        assert provider.NAME.zh
        assert provider.PROVES.en


def test_the_tap_leads_through_the_sign_in_to_the_pass(now: datetime) -> None:
    made = call(now)
    back = f"/c/{made.slug}/vote/#go"
    seen = now - timedelta(minutes=3)
    first = tap(Client(), made, next=back, seen=str(int(seen.timestamp() * 1000)))
    assert urlsplit(first["Location"]).path == "/sign-in/"
    again = parse_qs(urlsplit(first["Location"]).query)["next"][0]
    answer = accounts.client(accounts.account()).get(again)
    assert answer["Location"] == back
    passed = given(answer, made)
    assert passed.provider == "phone"
    assert abs(passed.first_seen - seen) < timedelta(milliseconds=2)
    assert abs(passed.issued_at - now) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "next_", ["//evil.example/", "https://evil.example/", "/me/", "/c/x/../../me"]
)
def test_a_pass_leads_to_its_own_call_only(now: datetime, next_: str) -> None:
    made = call(now)
    answer = tap(accounts.client(accounts.account()), made, next=next_)
    assert answer["Location"] == f"/c/{made.slug}/vote/"


@pytest.mark.parametrize("seen", ["", "never", "9" * 15, "-1", "0", "٣"])
def test_what_a_browser_says_of_itself_never_stops_a_voter(now: datetime, seen: str) -> None:
    made = call(now)
    passed = given(tap(accounts.client(accounts.account()), made, seen=seen), made)
    assert passed.first_seen == passed.issued_at


def test_a_second_contact_is_no_second_voter(now: datetime) -> None:
    made, person = call(now), accounts.account(phone="+8613800000001")
    first = given(tap(accounts.client(person), made), made)
    registrations.add_contact(
        account=person, kind="email", value="fitter@example.com", now=now + timedelta(minutes=1)
    )
    assert given(tap(accounts.client(person), made), made).voter == first.voter


def test_closing_an_account_and_coming_back_is_no_second_voter(now: datetime) -> None:
    made, person = call(now), accounts.account(phone="+8613800000002")
    first = given(tap(accounts.client(person), made), made)
    persons.close(account=person, now=now)
    anew = accounts.account(phone="+8613800000002")
    assert anew.pk != person.pk
    assert given(tap(accounts.client(anew), made), made).voter == first.voter


def test_a_phone_is_asked_for_where_the_rulebook_says_phone(now: datetime) -> None:
    made = call(now, "phone")
    answer = tap(accounts.client(accounts.account(email="a@example.com")), made)
    assert answer.status_code == 403
    assert "需要已验证的手机号" in answer.content.decode()
    assert "paike_pass" not in answer.cookies
    assert given(tap(accounts.client(accounts.account()), made), made).provider == "phone"


def test_a_call_by_mail_takes_the_address(now: datetime) -> None:
    made = call(now, "email")
    person = accounts.account(phone="+8613800000003", email="b@example.com")
    assert given(tap(accounts.client(person), made), made).provider == "email"


def test_there_is_no_pass_before_the_log(now: datetime) -> None:
    made = race.campaign(now=now)
    answer = tap(accounts.client(accounts.account()), made)
    assert answer.status_code == 403
    assert "还没有公布" in answer.content.decode()


def test_an_app_of_its_own_vouches_by_a_signed_header(
    now: datetime, settings: LazySettings
) -> None:
    made, settings.VOTER_SECRET = call(now, "app"), SECRET
    header = signed_headers.sign(subject="u-88", slug=made.slug, secret=SECRET, now=now)
    address = f"/c/{made.slug}/ballots/pass/"
    passed = given(Client().get(address, headers={"Paike-Voter": header}), made)
    assert passed.provider == "app"
    forged = header.replace("u-88", "u-89")
    for headers in ({}, {"Paike-Voter": forged}):
        assert Client().get(address, headers=headers).status_code == 403
    settings.VOTER_SECRET = ""
    assert Client().get(address, headers={"Paike-Voter": header}).status_code == 403


def test_a_network_is_one_voter_where_the_rulebook_says_so(now: datetime) -> None:
    made = call(now, "ip")
    address = f"/c/{made.slug}/ballots/pass/"
    voters = [
        given(Client().get(address, REMOTE_ADDR=where), made).voter
        for where in ("10.0.0.1", "10.0.0.1", "10.0.0.2")
    ]
    assert voters[0] == voters[1] != voters[2]


def test_a_device_is_known_again_and_one_without_cookies_is_told(now: datetime) -> None:
    made, browser = call(now, "device"), Client()
    passes = []
    for _ in range(2):
        answer = tap(browser, made)
        while "paike_pass" not in answer.cookies:
            answer = browser.get(answer["Location"])
        passes.append(given(answer, made))
    assert passes[0].voter == passes[1].voter
    forgetful = tap(Client(), made)
    answer = Client().get(forgetful["Location"])
    assert answer.status_code == 403
    assert "Cookie" in answer.content.decode()


@pytest.fixture
def weixin(db: None) -> Iterator[wechat.WeChatServer]:
    with wechat.running() as server:
        ports.install_wechat(WeChatLogin(wechat.APP_ID, wechat.APP_SECRET, server.url))
        yield server
        ports.install_wechat(None)


def test_wechat_vouches_there_and_back(now: datetime, weixin: wechat.WeChatServer) -> None:
    made, phone = call(now, "wechat"), Client(headers=IN_WECHAT)
    back = f"/c/{made.slug}/vote/#go"
    away = tap(phone, made, next=back)
    state = parse_qs(urlsplit(away["Location"]).query)["state"][0]
    weixin.people |= {"C1": "openid-1", "C2": "openid-1", "C3": "openid-3"}
    answer = tap(phone, made, code="C1", state=state)
    assert answer["Location"] == back
    first = given(answer, made)
    assert first.provider == "wechat"
    assert given(tap(phone, made, code="C2", state=state), made).voter == first.voter
    assert given(tap(phone, made, code="C3", state=state), made).voter != first.voter


def test_a_code_that_another_browser_was_given_is_refused(
    now: datetime, weixin: wechat.WeChatServer
) -> None:
    made, weixin.people["C1"] = call(now, "wechat"), "openid-1"
    phone = Client(headers=IN_WECHAT)
    tap(phone, made)
    answer = tap(phone, made, code="C1", state="of-somebody-else")
    assert answer.status_code == 403
    assert "paike_pass" not in answer.cookies


def test_a_snapshot_of_wechat_is_told_how_to_go_on(
    now: datetime, weixin: wechat.WeChatServer
) -> None:
    made, phone = call(now, "wechat"), Client(headers=IN_WECHAT)
    state = parse_qs(urlsplit(tap(phone, made)["Location"]).query)["state"][0]
    weixin.people["C1"] = "virtual"
    weixin.snapshots.add("C1")
    answer = tap(phone, made, code="C1", state=state)
    assert answer.status_code == 403
    assert "使用完整服务" in answer.content.decode()


def test_elsewhere_than_in_wechat_one_is_shown_the_way(
    now: datetime, weixin: wechat.WeChatServer
) -> None:
    answer = tap(Client(), call(now, "wechat"))
    assert answer.status_code == 200
    assert "请在微信中投票" in answer.content.decode()


def test_without_wechat_the_vote_says_so(now: datetime) -> None:
    answer = tap(Client(headers=IN_WECHAT), call(now, "wechat"))
    assert answer.status_code == 403
    assert "还没有接通微信" in answer.content.decode()
