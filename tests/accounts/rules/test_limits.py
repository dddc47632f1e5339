from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.accounts.rules import limits, networks
from paike.accounts.rules.limits import Limit

pytestmark = pytest.mark.rules

NOW = datetime(2021, 3, 1, tzinfo=UTC)
HOUR = Limit(3, timedelta(hours=1))


def ago(*minutes: int) -> list[datetime]:
    return [NOW - timedelta(minutes=each) for each in minutes]


def test_below_the_limit_at_once() -> None:
    assert limits.wait(ago(10, 20), [HOUR], now=NOW) == timedelta(0)


def test_at_the_limit_until_the_first_of_them_is_an_hour_old() -> None:
    assert limits.wait(ago(10, 20, 50), [HOUR], now=NOW) == timedelta(minutes=10)
    assert limits.wait(ago(10, 20, 60), [HOUR], now=NOW) == timedelta(0)


def test_the_strictest_limit_counts() -> None:
    both = [HOUR, Limit(1, timedelta(minutes=1))]
    assert limits.wait([NOW], both, now=NOW) == timedelta(minutes=1)


@given(st.lists(st.integers(0, 7200), max_size=30))
def test_after_the_wait_one_more_is_allowed_and_not_before(seconds: list[int]) -> None:
    past = [NOW - timedelta(seconds=each) for each in seconds]
    wait = limits.wait(past, [HOUR], now=NOW)
    assert limits.wait(past, [HOUR], now=NOW + wait) == timedelta(0)
    if wait:
        just_before = NOW + wait - timedelta(microseconds=1)
        assert limits.wait(past, [HOUR], now=just_before) > timedelta(0)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("[2001:db8::1]", "2001:db8::/64"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_networks(address: str, network: str) -> None:
    assert networks.of(address) == network


@pytest.mark.parametrize(
    ("wait", "zh"),
    [
        (timedelta(seconds=0.2), "1 秒"),
        (timedelta(seconds=119), "119 秒"),
        (timedelta(minutes=11, seconds=1), "12 分钟"),
        (timedelta(hours=3, seconds=1), "4 小时"),
    ],
)
def test_the_wait_in_words_is_never_too_short(wait: timedelta, zh: str) -> None:
    assert limits.spoken(wait).zh == zh
