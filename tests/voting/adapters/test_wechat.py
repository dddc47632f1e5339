from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from paike.voting.adapters.wechat import WeChatLogin
from paike.voting.ports import CodeRefused, Snapshot, Unreachable
from tests.factories import wechat


@pytest.fixture
def server() -> Iterator[wechat.WeChatServer]:
    with wechat.running() as running:
        running.people["CODE"] = "oLVPpjqs9BhvzwPj5A"
        yield running


@pytest.fixture
def login(server: wechat.WeChatServer) -> WeChatLogin:
    return WeChatLogin(wechat.APP_ID, wechat.APP_SECRET, server.url)


def test_the_way_to_wechat_asks_for_nothing_but_the_openid(login: WeChatLogin) -> None:
    parts = urlsplit(login.address(back="https://vote.example/c/x/ballots/pass/", state="S"))
    assert parts.netloc == "open.weixin.qq.com"
    assert parts.fragment == "wechat_redirect"
    asked = {name: value for name, (value,) in parse_qs(parts.query).items()}
    assert asked == {
        "appid": wechat.APP_ID,
        "redirect_uri": "https://vote.example/c/x/ballots/pass/",
        "response_type": "code",
        "scope": "snsapi_base",
        "state": "S",
    }
    assert wechat.APP_SECRET not in parts.query


def test_a_code_is_an_openid_once(login: WeChatLogin) -> None:
    assert login.openid("CODE") == "oLVPpjqs9BhvzwPj5A"
    with pytest.raises(CodeRefused):
        login.openid("CODE")
    with pytest.raises(CodeRefused):
        login.openid("MADE UP")


def test_a_snapshot_user_is_nobody(login: WeChatLogin, server: wechat.WeChatServer) -> None:
    server.snapshots.add("CODE")
    with pytest.raises(Snapshot):
        login.openid("CODE")


@pytest.mark.parametrize("body", ["<html>", "[]", "{}", '{"openid": 7}', '{"errcode": -1}'])
def test_an_answer_out_of_order_names_nobody(
    login: WeChatLogin, server: wechat.WeChatServer, body: str
) -> None:
    server.out_of_order = body
    with pytest.raises(Unreachable):
        login.openid("CODE")


def test_no_answer_and_no_secret_in_what_is_said_of_it() -> None:
    login = WeChatLogin(wechat.APP_ID, wechat.APP_SECRET, "http://127.0.0.1:9")
    with pytest.raises(Unreachable) as caught:
        login.openid("CODE")
    assert caught.value.__cause__ is None
    assert wechat.APP_SECRET not in repr(login)


@pytest.mark.parametrize("said", ["true", '"true"', '"1 "', "1.0", "2", "{}"])
def test_whatever_may_mean_a_snapshot_is_one(
    login: WeChatLogin, server: wechat.WeChatServer, said: str
) -> None:
    server.out_of_order = f'{{"openid": "oX", "is_snapshotuser": {said}}}'
    with pytest.raises(Snapshot):
        login.openid("CODE")


@pytest.mark.parametrize("said", ["0", '"0"', "null", "false", '""'])
def test_who_is_no_snapshot_is_somebody(
    login: WeChatLogin, server: wechat.WeChatServer, said: str
) -> None:
    server.out_of_order = f'{{"openid": "oX", "is_snapshotuser": {said}}}'
    assert login.openid("CODE") == "oX"
