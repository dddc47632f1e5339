"""What may be done when, and colours that can be read."""

from datetime import timedelta

import pytest

from paike.campaigns.rules import contrast, stages
from tests.factories import campaigns

pytestmark = pytest.mark.rules
RULES = campaigns.rules()


def test_a_stage_is_found_by_the_moment() -> None:
    collect, select, exhibit = RULES.stages
    assert stages.at(RULES, collect.start - timedelta(seconds=1)) is None
    assert stages.at(RULES, collect.start) == collect
    assert stages.at(RULES, collect.end) == select
    assert stages.at(RULES, exhibit.end) is None
    assert stages.following(RULES, collect.start) == select
    assert stages.following(RULES, exhibit.start) is None


def test_voting_keeps_the_ballots_own_hours() -> None:
    select = RULES.stages[1]
    assert not stages.allows(RULES, "vote", select.start)
    assert stages.allows(RULES, "vote", RULES.ballot.opens)
    window = stages.window(RULES, "vote")
    assert window is not None
    assert (window.start, window.end) == (RULES.ballot.opens, RULES.ballot.closes)


def test_review_goes_on_after_collecting_until_the_result() -> None:
    window = stages.window(RULES, "review")
    assert window is not None
    assert (window.start, window.end) == (RULES.stages[0].start, RULES.stages[1].end)


def test_the_last_day_is_the_one_people_name() -> None:
    window = stages.window(RULES, "submit")
    assert window is not None
    last = stages.last_day(window)
    assert (last.month, last.day) == (6, 30)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast.ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast.ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast.ratio("#B5261E", "#B5261E") == 1
