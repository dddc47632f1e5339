from datetime import UTC, datetime, timedelta

import pytest

from paike.awards.rules import retention

pytestmark = pytest.mark.rules

ENDS = datetime(2021, 12, 31, 16, tzinfo=UTC)


def test_ninety_days_after_the_public_notice() -> None:
    published = datetime(2021, 7, 14, tzinfo=UTC)
    due = retention.due(published_at=published, call_ends=ENDS)
    assert due == datetime(2021, 10, 19, tzinfo=UTC)


def test_a_call_without_a_result_counts_from_its_last_day() -> None:
    assert retention.due(published_at=None, call_ends=ENDS) == ENDS + timedelta(days=90)
