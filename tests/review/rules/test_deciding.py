from datetime import UTC, datetime, timedelta

import pytest

from paike.review.rules import deciding

pytestmark = pytest.mark.rules

NOW = datetime(2021, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize("outcome", ["return", "decline"])
def test_a_no_needs_a_reason(outcome: str) -> None:
    with pytest.raises(deciding.ReasonMissing) as refused:
        deciding.check_reason(outcome, "  ")
    assert refused.value.text.zh
    deciding.check_reason(outcome, "片头没有作者姓名")


def test_a_yes_needs_none() -> None:
    deciding.check_reason("accept", "")


def test_a_decision_may_be_taken_back_for_ten_minutes() -> None:
    assert deciding.may_be_undone(NOW, NOW + timedelta(minutes=9, seconds=59))
    assert not deciding.may_be_undone(NOW, NOW + timedelta(minutes=10))
