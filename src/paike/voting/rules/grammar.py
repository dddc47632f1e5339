"""What a valid ballot is, by the rulebook: how many works, how often, in which period."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from paike.campaigns.rules.rulebook import BallotRule
from paike.kernel.period import Period
from paike.kernel.text import Text


@dataclass(frozen=True)
class Fault:
    """Why a ballot is not valid: a name for programs, a text for the voter."""

    key: str
    text: Text


@dataclass(frozen=True)
class Slot:
    """The period a ballot counts for: its lasting name, and when the next one begins (None: there
    is no next one)."""

    name: str
    next_at: datetime | None


NOTHING: Mapping[int, int] = MappingProxyType({})


def window(rule: BallotRule) -> Period:
    """When ballots are taken, by the server's clock on receipt."""
    return Period(rule.opens, rule.closes)


def slot(rule: BallotRule, *, now: datetime, zone: str) -> Slot:
    """The period `now` lies in. Days are those of the call's zone; spans of minutes are counted
    from the opening, so that everybody's begin at the same time."""
    if rule.period == "once":
        return Slot("once", None)
    if rule.period == "day":
        here = now.astimezone(ZoneInfo(zone))
        tomorrow = datetime.combine(
            here.date() + timedelta(days=1), datetime.min.time(), tzinfo=ZoneInfo(zone)
        )
        return Slot(here.date().isoformat(), _while_open(rule, tomorrow))
    span = timedelta(minutes=rule.period_minutes or 1)
    start = rule.opens + ((now - rule.opens) // span) * span
    name = start.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")
    return Slot(name, _while_open(rule, start + span))


def _while_open(rule: BallotRule, moment: datetime) -> datetime | None:
    return moment if moment < rule.closes else None


def faults(
    works: Sequence[int],
    *,
    rule: BallotRule,
    candidates: AbstractSet[int],
    already: Mapping[int, int] = NOTHING,
) -> list[Fault]:
    """All that is wrong with a ballot; an empty list means it is valid.

    `works` names a work by its number, once per vote for it; `candidates` are the works still in
    the vote, `already` how often the voter's earlier ballots of this period named each work.
    """
    votes = Counter(works)
    found = []
    if any(work not in candidates for work in votes):
        found.append(Fault("not-a-candidate", NOT_A_CANDIDATE))
    wrong_number = _number(len(works), rule)
    if wrong_number is not None:
        found.append(wrong_number)
    if any(times + already.get(work, 0) > rule.per_work_max for work, times in votes.items()):
        found.append(Fault("too-often", TOO_OFTEN.fill(limit=rule.per_work_max)))
    return found


def _number(count: int, rule: BallotRule) -> Fault | None:
    if rule.works_min <= count <= rule.works_max:
        return None
    if rule.works_min == rule.works_max:
        return Fault("not-exactly", NOT_EXACTLY.fill(want=rule.works_min, count=count))
    if count < rule.works_min:
        return Fault("too-few", TOO_FEW.fill(want=rule.works_min, count=count))
    return Fault("too-many", TOO_MANY.fill(want=rule.works_max, count=count))


NOT_A_CANDIDATE = Text(
    "所选作品中有的不在投票名单里，或已退出。请去掉后重新提交，其他选择都还在。",
    "One of the works you chose isn't in the vote or has left it. Take it off and send the ballot "
    "again; your other choices are kept.",
)
NOT_EXACTLY = Text(
    "每张选票须选 {want} 部作品，您选了 {count} 部。请调整后再提交。",
    "A ballot names exactly {want} works; yours names {count}. Change it and send it again.",
)
TOO_FEW = Text(
    "每张选票至少选 {want} 部作品，您选了 {count} 部。请再选几部。",
    "A ballot names at least {want} works; yours names {count}. Choose some more.",
)
TOO_MANY = Text(
    "每张选票最多选 {want} 部作品，您选了 {count} 部。请去掉几部。",
    "A ballot names at most {want} works; yours names {count}. Take some off.",
)
TOO_OFTEN = Text(
    "同一时段内，同一作品最多投 {limit} 票。请换一部作品。",
    "In one period a work can get at most {limit} of your votes. Choose another work.",
)
