"""How the result comes about and how the rules were changed, in words, for the page of rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from paike.campaigns.models import Amendment, Campaign
from paike.campaigns.queries import amendments
from paike.campaigns.rules import differences
from paike.campaigns.rules.rulebook import BallotRule, JuryRule, Rulebook
from paike.kernel.text import Text

_PERIODS = {
    "once": Text("整个投票期间", "in the whole vote"),
    "day": Text("每天", "a day"),
    "minutes": Text("每 {minutes} 分钟", "every {minutes} minutes"),
}
_IDENTITIES = {
    "account": Text("每个账号", "Each account"),
    "phone": Text("每个手机号", "Each phone number"),
    "email": Text("每个邮箱", "Each e-mail address"),
    "wechat": Text("每个微信号", "Each WeChat account"),
    "app": Text("每个客户端账号", "Each account of the app"),
    "ip": Text("每个网络地址", "Each network address"),
    "device": Text("每台设备", "Each device"),
}
_COUNTS = {
    "live": Text("投票期间实时公布票数。", "Counts are shown live."),
    "every-10-minutes": Text("票数每 10 分钟公布一次。", "Counts are shown every 10 minutes."),
    "frozen-last-day": Text(
        "票数每 10 分钟公布一次，最后 24 小时不公布。",
        "Counts are shown every 10 minutes, and not at all in the last 24 hours.",
    ),
    "hidden": Text("投票结束后公布票数。", "Counts are shown once the vote has closed."),
    "never": Text("不公布票数。", "Counts are not shown."),
}
_TOTALS = {
    "mean": Text("取评委总分的平均分。", "A work's jury score is the mean of its sheets."),
    "trimmed-mean": Text(
        "去掉最高分和最低分后取平均分（{trim}）。",
        "A work's jury score is the mean without the highest and lowest sheets ({trim}).",
    ),
    "rank-points": Text("按名次计分。", "Jurors' ranks give points."),
}
_FORMULAS = {
    "percentile-rank": Text(
        "票数和评审分各自换成百分位名次分，再按投票 {votes}%、评审 {jury}% 相加。",
        "Votes and jury scores each become percentile-rank points; the result is {votes}% votes "
        "and {jury}% jury.",
    ),
    "share-of-maximum": Text(
        "票数和评审分各自除以最高值，再按投票 {votes}%、评审 {jury}% 相加。",
        "Votes and jury scores are each taken as a share of the highest; the result is {votes}% "
        "votes and {jury}% jury.",
    ),
    "votes-only": Text("只按票数排名。", "Only votes count."),
    "jury-only": Text("只按评审分排名。", "Only the jury's scores count."),
}
_TIES = {
    "total": Text("未取整的总分", "the unrounded total"),
    "jury": Text("评审分", "the jury score"),
    "jury-median": Text("评审分中位数", "the median of the jury's scores"),
    "first-criterion": Text("第一项评分", "the first criterion"),
    "head-to-head": Text("评委两两比较", "head-to-head among jurors"),
    "votes": Text("有效票数", "valid votes"),
    "committee": Text("评委会记名表决", "a recorded ballot of the committee"),
}


@dataclass(frozen=True)
class Change:
    """One key of an amendment, before and after."""

    key: str
    before: str
    after: str
    before_at: datetime | None = None  # where the value is a moment
    after_at: datetime | None = None


@dataclass(frozen=True)
class Revision:
    """An amendment as the public reads it."""

    amendment: Amendment
    changes: Sequence[Change]


def steps(rulebook: Rulebook) -> list[Text]:
    """How the result is made, a sentence a step."""
    return [*_voting(rulebook.ballot), *_judging(rulebook.jury), *_blending(rulebook)]


def revisions(campaign: Campaign) -> list[Revision]:
    """Every amendment with its difference, newest first."""
    return [
        Revision(
            amendment,
            [
                Change(
                    key=one["key"],
                    before=differences.shown(one["before"]),
                    after=differences.shown(one["after"]),
                    before_at=_moment(one["before"]),
                    after_at=_moment(one["after"]),
                )
                for one in amendment.difference
            ],
        )
        for amendment in amendments.of_campaign(campaign)
    ]


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str) or "T" not in value:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _voting(ballot: BallotRule) -> Iterator[Text]:
    period = _PERIODS[ballot.period].fill(minutes=ballot.period_minutes)
    who, many = _IDENTITIES[ballot.identity], ballot.ballots_per_period
    if ballot.works_min == ballot.works_max:
        works = Text(f"恰好选 {ballot.works_min} 部", f"exactly {ballot.works_min}")
    else:
        works = Text(
            f"选 {ballot.works_min} 至 {ballot.works_max} 部",
            f"{ballot.works_min} to {ballot.works_max}",
        )
    yield Text(
        f"{who.zh}{period.zh}可以投 {many} 张选票，每张{works.zh}作品，"
        f"同一作品至多 {ballot.per_work_max} 票。",
        f"{who.en} has {_many(many, 'ballot')} {period.en}; a ballot names {works.en} works, "
        f"one work at most {_times(ballot.per_work_max)}.",
    )
    yield _COUNTS[ballot.counts]


def _many(count: int, what: str) -> str:
    """“1 ballot”, “3 ballots”."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _judging(jury: JuryRule) -> Iterator[Text]:
    trim = Text(
        "，".join(f"满 {sheets} 份各去 {drop} 个" for sheets, drop in jury.trim),
        ", ".join(f"{drop} at each end from {sheets} sheets on" for sheets, drop in jury.trim),
    )
    total = _TOTALS[jury.total]
    yield Text(total.zh.format(trim=trim.zh), total.en.format(trim=trim.en))


def _blending(rulebook: Rulebook) -> Iterator[Text]:
    blend = rulebook.blend
    yield _FORMULAS[blend.formula].fill(
        votes=f"{blend.votes * 100:.0f}", jury=f"{blend.jury * 100:.0f}"
    )
    if rulebook.ties:
        chain = [_TIES[tie] for tie in rulebook.ties]
        yield Text(
            f"同分时依次比较：{'、'.join(one.zh for one in chain)}。不看提交先后，也不抽签。",
            f"Ties are parted by, in order: {', '.join(one.en for one in chain)}. Never by time of "
            "submission, never by lot.",
        )
