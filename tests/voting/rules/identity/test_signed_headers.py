import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.voting.rules.identity import Voucher
from paike.voting.rules.identity import signed_headers as headers

pytestmark = pytest.mark.rules

NOW = datetime(2021, 7, 2, 4, 0, tzinfo=UTC)
SECRET = "a shared secret of more than 32 characters"


def read(header: str, *, slug: str = "call", secret: str = SECRET, now: datetime = NOW) -> Voucher:
    return headers.read(header, slug=slug, secret=secret, now=now)


def test_the_header_of_the_guide_is_understood() -> None:
    time = int(NOW.timestamp())
    message = f"paike-voter-1\ncall\nu-88\n{time}".encode()
    mac = hmac.new(SECRET.encode(), message, hashlib.sha256).hexdigest()
    header = f"subject=u-88; time={time}; mac={mac}"
    assert header == headers.sign(subject="u-88", slug="call", secret=SECRET, now=NOW)
    assert read(header) == Voucher("app", "u-88")


@pytest.mark.parametrize("seconds", [-61, 61, 86_400])
def test_a_header_is_good_for_a_minute(seconds: int) -> None:
    header = headers.sign(subject="u-88", slug="call", secret=SECRET, now=NOW)
    read(header, now=NOW + timedelta(seconds=60))
    with pytest.raises(headers.NotSigned):
        read(header, now=NOW + timedelta(seconds=seconds))


def test_another_call_or_another_secret_is_refused() -> None:
    header = headers.sign(subject="u-88", slug="call", secret=SECRET, now=NOW)
    with pytest.raises(headers.NotSigned):
        read(header, slug="other")
    with pytest.raises(headers.NotSigned):
        read(header, secret=SECRET + "!")


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_missing_or_short_secret_lets_nobody_in(secret: str) -> None:
    header = headers.sign(subject="u-88", slug="call", secret=secret, now=NOW)
    with pytest.raises(headers.NotSigned):
        read(header, secret=secret)


@given(st.text(max_size=120))
def test_nothing_else_is_a_header(text: str) -> None:
    with pytest.raises(headers.NotSigned):
        read(text)


@given(st.data())
def test_no_changed_character_goes_through(data: st.DataObject) -> None:
    header = headers.sign(subject="u-88", slug="call", secret=SECRET, now=NOW)
    at = data.draw(st.integers(0, len(header) - 1))
    other = data.draw(st.sampled_from("0123456789abcdefXYZ-;= "))
    changed = header[:at] + other + header[at + 1 :]
    try:
        assert read(changed) == Voucher("app", "u-88")
        assert changed == header
    except headers.NotSigned:
        assert changed != header
