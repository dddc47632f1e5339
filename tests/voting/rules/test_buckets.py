import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.voting.rules.buckets import Bucket, Rate, take

pytestmark = pytest.mark.rules

RATE = Rate(burst=5, per_second=0.5)


def test_a_burst_then_the_rate() -> None:
    bucket = Bucket(RATE.burst, 0.0)
    assert [take(bucket, RATE, at=0.0) for _ in range(6)] == [0.0] * 5 + [2.0]
    assert take(bucket, RATE, at=1.0) == 1.0
    assert take(bucket, RATE, at=2.0) == 0.0


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=200))
def test_never_more_than_burst_and_rate_together(moments: list[float]) -> None:
    bucket = Bucket(RATE.burst, 0.0)
    ordered = sorted(moments)
    taken = sum(take(bucket, RATE, at=at) == 0.0 for at in ordered)
    assert taken <= RATE.burst + ordered[-1] * RATE.per_second + 1e-6


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=100))
def test_a_clock_that_jumps_back_fills_nothing(moments: list[float]) -> None:
    bucket = Bucket(RATE.burst, 0.0)
    taken = sum(take(bucket, RATE, at=at) == 0.0 for at in moments)
    assert taken <= RATE.burst + max(0.0, *moments) * RATE.per_second + 1e-6


@given(st.floats(0.01, 100))
def test_whoever_waits_as_told_gets_one(pause: float) -> None:
    bucket = Bucket(RATE.burst, 0.0)
    at = 0.0
    for _ in range(20):
        wait = take(bucket, RATE, at=at)
        if wait:
            assert take(bucket, RATE, at=at + wait + 1e-6) == 0.0
            return
        at += pause / 100
