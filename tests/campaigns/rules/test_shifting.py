"""A shifted rulebook is the same call at another time, with a hash of its own."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.campaigns.rules import differences, reading, shifting
from paike.campaigns.rules.rulebook import digest
from tests.factories import campaigns

pytestmark = pytest.mark.rules
SOURCE = campaigns.source()
RULES = reading.read(SOURCE)


@given(st.integers(min_value=-(10**8), max_value=10**8))
def test_text_and_rulebook_shift_alike(seconds: int) -> None:
    delta = timedelta(seconds=seconds)
    shifted = shifting.shift(RULES, delta)
    assert digest(reading.read(shifting.shift(SOURCE, delta))) == digest(shifted)
    assert (digest(shifted) == digest(RULES)) == (seconds == 0)
    assert shifted.stages[0].start - RULES.stages[0].start == delta
    assert shifted.ballot.closes - RULES.ballot.closes == delta


def test_only_moments_change() -> None:
    changes = differences.between(RULES, shifting.shift(RULES, timedelta(days=1)))
    assert {one["key"].rsplit(".", 1)[-1] for one in changes} == {
        "start",
        "end",
        "opens",
        "closes",
    }
