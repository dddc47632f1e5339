from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from paike.kernel.text import Text
from paike.web.shared import moments

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2021, 6, 27, 12, 0, tzinfo=ZONE)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)  # type: ignore[misc, arg-type]


def test_a_deadline_at_midnight_is_24_00_of_the_day_before() -> None:
    told = moments.moment(at(2021, 7, 1), NOW)
    assert told == Text("6月30日 24:00（还有 3 天）", "30 June, 24:00 (3 days left)")


def test_the_past_counts_nothing() -> None:
    assert moments.moment(at(2021, 3, 1, 9, 5), NOW).zh == "3月1日 09:05"


def test_another_year_is_named() -> None:
    assert moments.day(at(2022, 1, 1), NOW) == Text("2022年1月1日", "1 January 2022")


def test_a_start_at_midnight_is_00_00() -> None:
    assert moments.beginning(at(2021, 7, 15), NOW).zh == "7月15日 00:00"


def test_half_open_spans_end_on_their_last_day() -> None:
    assert moments.days(at(2021, 3, 1), at(2021, 7, 1), NOW).zh == "3月1日至6月30日"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(seconds=20), "不到 1 分钟"),
        (timedelta(minutes=5, seconds=9), "5 分钟"),
        (timedelta(hours=23, minutes=59), "23 小时"),
        (timedelta(days=1), "1 天"),
    ],
)
def test_spans(left: timedelta, words: str) -> None:
    assert moments.span(left).zh == words


def test_one_is_singular_in_english() -> None:
    assert moments.span(timedelta(days=1)).en == "1 day"


@pytest.mark.parametrize(
    ("seconds", "words"), [(9.84, "9.8 秒"), (88, "1 分 28 秒"), (45.4, "45 秒")]
)
def test_lengths(seconds: float, words: str) -> None:
    assert moments.duration(seconds).zh == words
    assert moments.timecode(88) == "1:28"


def test_a_span_over_the_turn_of_a_year_names_both_years() -> None:
    start, end = at(2026, 11, 29), at(2027, 3, 31)
    told = moments.days(start, end, at(2027, 4, 1))
    assert told.zh == "2026年11月29日至2027年3月30日"
    assert told.en == "29 November 2026 to 30 March 2027"
