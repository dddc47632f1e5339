from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.voting.rules import counts
from tests.voting.rules.test_grammar import OPENS, rule

pytestmark = pytest.mark.rules
CLOSES = OPENS + timedelta(days=7)


def shown(kind: str, now: datetime) -> datetime | None:
    return counts.as_of(rule(counts=kind), now=now)


def test_live_hidden_never() -> None:
    midway = OPENS + timedelta(days=2, minutes=7)
    assert shown("live", midway) == midway
    assert shown("hidden", midway) is None
    assert shown("hidden", CLOSES) == CLOSES
    assert shown("never", CLOSES) is None


def test_every_ten_minutes() -> None:
    assert shown("every-10-minutes", OPENS + timedelta(minutes=27)) == OPENS + timedelta(minutes=20)


def test_the_last_day_stands_still() -> None:
    frozen = CLOSES - timedelta(days=1)
    assert shown("frozen-last-day", CLOSES - timedelta(days=2)) == CLOSES - timedelta(days=2)
    assert shown("frozen-last-day", CLOSES - timedelta(hours=3)) == frozen
    assert shown("frozen-last-day", CLOSES) == CLOSES


@given(
    st.sampled_from(["live", "every-10-minutes", "frozen-last-day", "hidden", "never"]),
    st.integers(-3600, 8 * 24 * 3600),
)
def test_figures_are_never_of_the_future(kind: str, seconds: int) -> None:
    now = OPENS + timedelta(seconds=seconds)
    as_of = shown(kind, now)
    assert as_of is None or as_of <= now
    assert now >= OPENS or as_of is None
