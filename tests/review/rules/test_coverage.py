import pytest

from paike.review.rules import coverage
from paike.review.rules.coverage import Bar

pytestmark = pytest.mark.rules


def test_bars_keep_the_order_asked_for_and_show_who_has_none() -> None:
    found = coverage.bars(["GD", "HB"], chosen=["GD", "GD"], available=["GD", "GD", "HB"])
    assert found == (Bar("GD", 2, 2), Bar("HB", 0, 1))
    assert [bar.is_bare for bar in found] == [False, True]


def test_a_key_that_nobody_expected_is_shown_too() -> None:
    assert coverage.bars([], chosen=["vlog"], available=["vlog"]) == (Bar("vlog", 1, 1),)
