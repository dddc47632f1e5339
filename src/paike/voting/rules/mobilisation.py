"""Declared mobilisation windows: a unit says beforehand when its people will vote together."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from paike.campaigns.rules.rulebook import BallotRule
from paike.kernel.period import Period
from paike.kernel.text import Text

LONGEST = timedelta(hours=12)  # a shift and its change
MOST = 20  # of one work
PART = 4  # of the vote: what is always declared explains everything

AFTER_THE_FACT = Text(
    "这个时段已经过去。集中投票须在开始前或进行中声明，事后不能补。",
    "That time is past. Declare mobilisation before or while it goes on, never afterwards.",
)
TOO_LONG = Text("一个时段最长 12 小时。请分成几段。", "A window is 12 hours at most. Split it.")
BACKWARDS = Text("结束时间须晚于开始时间。", "The end must be after the start.")
NOT_IN_THE_VOTE = Text(
    "这个时段不在投票时间内。请对照投票起止时间。",
    "That time lies outside the vote. Check when the vote opens and closes.",
)
TOO_MUCH = Text(
    "一部作品的集中投票时段合计最多占投票时间的四分之一（{hours} 小时）。请缩短，或只留最要紧的时段。",
    "A work's windows cover a quarter of the vote at most ({hours} hours). Shorten this one, or keep "
    "to the hours that matter.",
)
ENOUGH = Text(
    "这部作品已声明 20 个时段，不能再加。",
    "This work has 20 windows already; that is the most.",
)


def declare(
    *, start: datetime, end: datetime, now: datetime, rule: BallotRule, declared: Sequence[Period]
) -> Period | Text:
    """The window as it will stand, or why it can't. What has passed already of a window that is
    going on is cut off: it begins when it is declared. `declared`: the work's windows so far,
    whichever unit declared them."""
    if end <= start:
        return BACKWARDS
    if end <= now:
        return AFTER_THE_FACT
    if end - start > LONGEST:
        return TOO_LONG
    begin, last = max(start, now, rule.opens), min(end, rule.closes)
    if last <= begin:
        return NOT_IN_THE_VOTE
    if len(declared) >= MOST:
        return ENOUGH
    window = Period(begin, last)
    most = (rule.closes - rule.opens) / PART
    if _covered([*declared, window]) > most:
        return TOO_MUCH.fill(hours=round(most / timedelta(hours=1), 1))
    return window


def _covered(periods: Sequence[Period]) -> timedelta:
    """How long at least one of them lasts."""
    total, reached = timedelta(0), None
    for one in sorted(periods, key=lambda period: period.start):
        begin = one.start if reached is None else max(one.start, reached)
        total += max(one.end - begin, timedelta(0))
        reached = one.end if reached is None else max(one.end, reached)
    return total
