"""When the period of a ballot begins and ends."""

from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from paike_verify.files import Unreadable
from paike_verify.forms import Rule

SHIFT = {"Asia/Shanghai": timedelta(hours=8)}  # for computers without a table of time zones


class NoPeriod(Exception):
    """The name of no period of this vote."""


def zone_of(name: str) -> tzinfo:
    """A time zone. Raises Unreadable where the computer does not know it: nothing can be said of the
    ballots then, good or bad."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        if name in SHIFT:
            return timezone(SHIFT[name], name)
        raise Unreadable(
            f"这台电脑不认识时区 {name}，无法核对选票的时段。请安装时区数据（pip install tzdata）后重试。",
            f"This computer does not know the time zone {name}, so periods of ballots can't be "
            "checked. Install the data of time zones (pip install tzdata) and try again.",
        ) from fault


def span(name: str, rule: Rule) -> tuple[float, float]:
    """Begin and end of a period as seconds since 1970, as far as the vote was open in it. Raises
    NoPeriod, Unreadable."""
    try:
        begin, end = _span(name, rule)
        if end <= rule.opens or begin >= rule.closes:
            raise NoPeriod(name)
        return max(begin, rule.opens).timestamp(), min(end, rule.closes).timestamp()
    except OverflowError as fault:  # before the year 1 or after 9999
        raise NoPeriod(name) from fault


def _span(name: str, rule: Rule) -> tuple[datetime, datetime]:
    if rule.period == "once":
        if name != "once":
            raise NoPeriod(name)
        return rule.opens, rule.closes
    try:
        moment = datetime.fromisoformat(name)
    except ValueError as fault:
        raise NoPeriod(name) from fault
    zone = zone_of(rule.zone)
    if rule.period == "day":
        if moment.date().isoformat() != name:
            raise NoPeriod(name)
        begin = moment.replace(tzinfo=zone)
        following = (moment + timedelta(days=1)).replace(tzinfo=zone)
        return begin, following
    step = timedelta(minutes=rule.minutes)
    if moment.tzinfo is None:
        raise NoPeriod(name)
    # Names are in minutes, the opening may be between two.
    begin = moment + timedelta(seconds=rule.opens.second, microseconds=rule.opens.microsecond)
    # One period has one name: by another one the same voter would have another tag.
    one_name = begin.astimezone(zone).isoformat(timespec="minutes")
    if one_name != name or (begin - rule.opens) % step:
        raise NoPeriod(name)
    return begin, begin + step
