"""Dates, sizes and lengths as people read them. Chinese: 6月30日 24:00（还有 3 天）."""

from datetime import datetime, time, timedelta

from paike.kernel.months import ENGLISH_MONTHS
from paike.kernel.text import Text


def day(when: datetime, now: datetime) -> Text:
    """6月30日; with the year when it is not this year's. `when` and `now` share a time zone."""
    return _day(when, with_year=when.year != now.year)


def _day(when: datetime, *, with_year: bool) -> Text:
    zh = f"{when.month}月{when.day}日"
    en = f"{when.day} {ENGLISH_MONTHS[when.month - 1]}"
    if not with_year:
        return Text(zh=zh, en=en)
    return Text(zh=f"{when.year}年{zh}", en=f"{en} {when.year}")


def moment(when: datetime, now: datetime) -> Text:
    """A moment with the time; what lies ahead also says how long it is until then."""
    told = plain(when, now)
    if when <= now:
        return told
    left = span(when - now)
    return Text(zh=f"{told.zh}（还有 {left.zh}）", en=f"{told.en} ({left.en} left)")


def beginning(when: datetime, now: datetime) -> Text:
    """A start: midnight is 00:00 of its own day."""
    told = day(when, now)
    return Text(zh=f"{told.zh} {when:%H:%M}", en=f"{told.en}, {when:%H:%M}")


def plain(when: datetime, now: datetime) -> Text:
    """A moment with the time. Midnight is 24:00 of the day before: that is how notices set ends."""
    if when.timetz().replace(tzinfo=None) == time(0):
        told = day(when - timedelta(days=1), now)
        return Text(zh=f"{told.zh} 24:00", en=f"{told.en}, 24:00")
    return beginning(when, now)


def days(start: datetime, end: datetime, now: datetime) -> Text:
    """A half-open span in days: 3月1日至6月30日. Over the turn of a year both ends name theirs."""
    last = end - timedelta(seconds=1)
    with_year = not start.year == last.year == now.year
    first, final = _day(start, with_year=with_year), _day(last, with_year=with_year)
    if first == final:
        return first
    return Text(zh=f"{first.zh}至{final.zh}", en=f"{first.en} to {final.en}")


def span(left: timedelta) -> Text:
    """How long, in the one unit that matters."""
    seconds = max(int(left.total_seconds()), 0)
    for size, zh, en in ((86400, "天", "day"), (3600, "小时", "hour"), (60, "分钟", "minute")):
        if seconds >= size:
            many = seconds // size
            return Text(zh=f"{many} {zh}", en=f"{many} {en}{'' if many == 1 else 's'}")
    return Text(zh="不到 1 分钟", en="less than a minute")


def duration(seconds: float) -> Text:
    """A film's length: 1 分 28 秒; with one decimal below ten seconds."""
    if seconds < 10:
        return Text(zh=f"{seconds:.1f} 秒", en=f"{seconds:.1f} s")
    minutes, rest = divmod(round(seconds), 60)
    if minutes == 0:
        return Text(zh=f"{rest} 秒", en=f"{rest} s")
    return Text(zh=f"{minutes} 分 {rest} 秒", en=f"{minutes} min {rest} s")


def timecode(seconds: float) -> str:
    """1:28, as players write it."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
