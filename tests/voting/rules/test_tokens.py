from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.voting.rules import secrets, tokens

pytestmark = pytest.mark.rules
KEY, NOW = bytes(range(32)), datetime(2021, 7, 2, 4, tzinfo=UTC)

some_tokens = st.builds(
    tokens.Token,
    voter=st.binary(min_size=16, max_size=16),
    key=st.binary(min_size=16, max_size=16),
    period=st.sampled_from(["once", "2021-07-02", "2021-07-02T10:30+08:00"]),
    issued=st.integers(0, 2**60),
    first_seen=st.integers(0, 2**60),
    network=st.binary(min_size=8, max_size=8),
    provider=st.sampled_from(["phone", "wechat", ""]),
)


@given(some_tokens)
def test_a_token_comes_back_as_it_was(given_token: tokens.Token) -> None:
    text = tokens.sign_token(given_token, slug=b"call", key=KEY)
    assert tokens.read_token(text, slug=b"call", key=KEY) == given_token


@given(some_tokens, st.data())
def test_no_changed_token_is_ours(given_token: tokens.Token, data: st.DataObject) -> None:
    text = tokens.sign_token(given_token, slug=b"call", key=KEY)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(min_codepoint=33, max_codepoint=126))
    bent = text[:place] + other + text[place + 1 :]
    try:
        read = tokens.read_token(bent, slug=b"call", key=KEY)
    except tokens.NotOurs:
        return
    assert read == given_token  # the last character of base64 has bits that mean nothing


@pytest.mark.parametrize("text", ["", ".", "a", "a.b", "=.=", "é.é", "A" * 5000])
def test_what_is_no_token(text: str) -> None:
    with pytest.raises(tokens.NotOurs):
        tokens.read_token(text, slug=b"call", key=KEY)
    with pytest.raises(tokens.NotOurs):
        tokens.read_pass(text, slug="call", key=KEY)


def test_a_pass_is_no_token_and_another_call_s_is_not_ours() -> None:
    given_pass = tokens.Pass(b"v" * 16, "phone", NOW - timedelta(hours=1), NOW)
    text = tokens.sign_pass(given_pass, slug="call", key=KEY)
    assert tokens.read_pass(text, slug="call", key=KEY) == given_pass
    with pytest.raises(tokens.NotOurs):
        tokens.read_pass(text, slug="other", key=KEY)
    with pytest.raises(tokens.NotOurs):
        tokens.read_token(text, slug=b"call", key=KEY)


def test_a_pass_lasts_half_a_day() -> None:
    given_pass = tokens.Pass(b"v" * 16, "phone", NOW, NOW)
    assert given_pass.is_fresh(NOW)
    assert given_pass.is_fresh(NOW + tokens.PASS_AGE - timedelta(seconds=1))
    assert not given_pass.is_fresh(NOW + tokens.PASS_AGE)
    assert given_pass.is_fresh(NOW - tokens.SKEW)  # made where the clock is ahead
    assert not given_pass.is_fresh(NOW - tokens.SKEW - timedelta(seconds=1))


def test_secrets_of_different_purposes_differ() -> None:
    key = bytes(16)
    voter = secrets.voter(KEY, provider="phone", subject="1")
    found = {
        voter,
        secrets.voter(KEY, provider="wechat", subject="1"),
        secrets.tag(secrets.period_key(KEY, "2021-07-02"), voter),
        secrets.tag(secrets.period_key(KEY, "2021-07-03"), voter),
        secrets.salt(KEY, key),
        secrets.pass_key(KEY)[:16],
        secrets.token_key(KEY)[:16],
        secrets.receipt_key(KEY)[:16],
    }
    assert len(found) == 8
    assert secrets.network(KEY, "192.0.2.1") != secrets.referral(KEY, "192.0.2.1")
