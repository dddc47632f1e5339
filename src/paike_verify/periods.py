"""When the period of a ballot begins and ends."""

from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from paike_verify.forms import Rule

SHIFT = {"Asia/Shanghai": timedelta(hours=8)}  # for computers without a table of time zones


class NoPeriod(Exception):
    """The name of no period of this vote."""


def zone_of(name: str) -> tzinfo:
    """A time zone. Raises NoPeriod where the computer does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        if name in SHIFT:
            return timezone(SHIFT[name], name)
        raise NoPeriod(name) from fault


def span(name: str, rule: Rule) -> tuple[float, float]:
    """Begin and end of a period as seconds since 1970. Raises NoPeriod."""
    try:
        begin, end = _span(name, rule)
        if end <= rule.opens or begin >= rule.closes:
            raise NoPeriod(name)
        return begin.timestamp(), end.timestamp()
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
