"""What must hold between a rulebook's keys. One small function per rule; each says where, what is
wrong, what is allowed."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from zoneinfo import available_timezones

from paike.campaigns.rules import contrast, kinds, marks
from paike.campaigns.rules.faults import Complaint, Place
from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel.text import Text

Check = Callable[[Rulebook], Iterator[Complaint]]


def faults(rulebook: Rulebook) -> list[Complaint]:
    """Everything that makes the rulebook wrong."""
    return [complaint for check in _CHECKS for complaint in check(rulebook)]


def warnings(rulebook: Rulebook) -> list[Complaint]:
    """What is allowed but unwise."""
    return [*_stages_apart(rulebook), *_readable_colours(rulebook)]


@cache
def _time_zones() -> frozenset[str]:
    """The names Python knows; asked once, as it reads a whole folder for them."""
    return frozenset(available_timezones())


def _time_zone(rulebook: Rulebook) -> Iterator[Complaint]:
    if rulebook.timezone not in _time_zones():
        yield (
            ("timezone",),
            Text(
                f"没有“{rulebook.timezone}”这个时区。",
                f"There is no time zone “{rulebook.timezone}”.",
            ),
            Text('例如 "Asia/Shanghai"。', 'For example "Asia/Shanghai".'),
        )


def _stages_end_after_start(rulebook: Rulebook) -> Iterator[Complaint]:
    for index, stage in enumerate(rulebook.stages):
        if stage.end <= stage.start:
            yield (
                ("stages", index, "end"),
                Text("结束时间不晚于开始时间。", "The end is not after the start."),
                Text(f"要晚于 {stage.start.isoformat()}。", f"After {stage.start.isoformat()}."),
            )


def _stages_in_order(rulebook: Rulebook) -> Iterator[Complaint]:
    for index, (one, two) in enumerate(pairwise(rulebook.stages), start=1):
        if two.start < one.start or two.end < one.end:
            yield (
                ("stages", index, "start"),
                Text(
                    f"阶段顺序不对：“{two.key}”不在“{one.key}”之后。",
                    f"Out of order: “{two.key}” does not follow “{one.key}”.",
                ),
                Text("请按时间先后排列阶段。", "List the stages in the order of their dates."),
            )


def _stages_apart(rulebook: Rulebook) -> Iterator[Complaint]:
    """Allowed, since a stage may be extended into the next; in a new rulebook mostly a slip."""
    for index, (one, two) in enumerate(pairwise(rulebook.stages), start=1):
        if one.start <= two.start < one.end:
            yield (
                ("stages", index, "start"),
                Text(
                    f"“{one.key}”还没结束，“{two.key}”就开始了；重叠期间两个阶段允许的事都能做。",
                    f"“{two.key}” begins before “{one.key}” ends; what either allows may be done.",
                ),
                Text(
                    f"如果不是有意重叠，请从 {one.end.isoformat()} 开始。",
                    f"Unless it is meant, start at {one.end.isoformat()}.",
                ),
            )


def _no_submission_while_voting(rulebook: Rulebook) -> Iterator[Complaint]:
    ballot = rulebook.ballot
    for index, stage in enumerate(rulebook.stages):
        overlaps = stage.start < ballot.closes and ballot.opens < stage.end
        if "submit" in stage.deeds and overlaps and _votes(rulebook):
            yield (
                ("stages", index, "end"),
                Text("投票开始后还能投稿。", "Works could still come in while votes are cast."),
                Text(
                    f"投稿阶段要在投票开始（{ballot.opens.isoformat()}）前结束。",
                    f"Submission ends before the vote opens ({ballot.opens.isoformat()}).",
                ),
            )


def _votes(rulebook: Rulebook) -> bool:
    return any("vote" in stage.deeds for stage in rulebook.stages)


def _ballot_hours(rulebook: Rulebook) -> Iterator[Complaint]:
    ballot = rulebook.ballot
    if ballot.closes <= ballot.opens:
        yield (
            ("ballot", "closes"),
            Text("投票结束时间不晚于开始时间。", "The vote closes before it opens."),
            Text(f"要晚于 {ballot.opens.isoformat()}。", f"After {ballot.opens.isoformat()}."),
        )
    inside = any(
        "vote" in stage.deeds and stage.start <= ballot.opens and ballot.closes <= stage.end
        for stage in rulebook.stages
    )
    if _votes(rulebook) and not inside:
        yield (
            ("ballot", "opens"),
            Text(
                "投票时间不在允许投票的阶段之内。",
                "The vote lies outside every stage that allows voting.",
            ),
            Text(
                'opens 与 closes 要在同一个 deeds 含 "vote" 的阶段之内。',
                'Both ends lie in one stage whose deeds contain "vote".',
            ),
        )


def _ballot_grammar(rulebook: Rulebook) -> Iterator[Complaint]:
    ballot = rulebook.ballot
    if ballot.works_min > ballot.works_max:
        yield _too_small(("ballot", "works_max"), "works_min", ballot.works_min)
    if ballot.works_max > rulebook.funnel.shortlist * ballot.per_work_max:
        yield (
            ("ballot", "works_max"),
            Text(
                "一张选票要选的作品比入围作品还多。",
                "A ballot would name more works than there are.",
            ),
            Text(
                "不能多于 funnel.shortlist × per_work_max。",
                "At most funnel.shortlist × per_work_max.",
            ),
        )
    if (ballot.period == "minutes") != (ballot.period_minutes is not None):
        yield (
            ("ballot", "period_minutes"),
            Text("period_minutes 与 period 不一致。", "period_minutes and period do not agree."),
            Text(
                'period 为 "minutes" 时必须写，其他情况不写。',
                'Given exactly when period is "minutes".',
            ),
        )


def _too_small(place: Place, other: str, value: int) -> Complaint:
    return (
        place,
        Text(f"小于 {other}。", f"This is below {other}."),
        Text(f"不能小于 {value}。", f"At least {value}."),
    )


def _quota(rulebook: Rulebook) -> Iterator[Complaint]:
    funnel = rulebook.funnel
    if funnel.recommend_min > funnel.recommend_max:
        yield _too_small(("funnel", "recommend_max"), "recommend_min", funnel.recommend_min)
    for index, quota in enumerate(funnel.quotas):
        if quota.min > quota.max:
            yield _too_small(("funnel", "quotas", index, "max"), "min", quota.min)


def _film(rulebook: Rulebook) -> Iterator[Complaint]:
    if rulebook.film.duration_min >= rulebook.film.duration_max:
        yield (
            ("film", "duration_max"),
            Text("最长时长不大于最短时长。", "The longest duration is not above the shortest."),
            Text(
                f"要大于 {rulebook.film.duration_min} 秒。",
                f"Above {rulebook.film.duration_min} seconds.",
            ),
        )


_FIXED_WEIGHTS = {
    "votes-only": (Decimal(1), Decimal(0)),
    "jury-only": (Decimal(0), Decimal(1)),
}


def _weights(rulebook: Rulebook) -> Iterator[Complaint]:
    blend = rulebook.blend
    total = blend.votes + blend.jury
    expected = _FIXED_WEIGHTS.get(blend.formula)
    if total != 1:
        yield (
            ("blend", "votes"),
            Text(f"权重之和是 {total}。", f"The weights add up to {total}."),
            Text("votes + jury 必须等于 1。", "votes + jury is exactly 1."),
        )
    elif expected and (blend.votes, blend.jury) != expected:
        yield (
            ("blend", "formula"),
            Text(
                f"公式“{blend.formula}”与权重不一致。",
                f"“{blend.formula}” and the weights disagree.",
            ),
            Text(
                f"votes = {expected[0]}，jury = {expected[1]}。",
                f"votes = {expected[0]}, jury = {expected[1]}.",
            ),
        )


def _jury(rulebook: Rulebook) -> Iterator[Complaint]:
    for index, (sheets, drop) in enumerate(rulebook.jury.trim):
        if drop < 1 or sheets <= 2 * drop:
            yield (
                ("jury", "trim", index),
                Text(
                    f"{sheets} 份评分表两端各去掉 {drop} 份后没有剩余。",
                    f"Dropping {drop} at each end of {sheets} sheets leaves none.",
                ),
                Text("份数要大于去掉数的两倍。", "More sheets than twice what is dropped."),
            )
    for index, criterion in enumerate(rulebook.jury.criteria):
        if criterion.points % rulebook.jury.step or criterion.points > 100:
            yield (
                ("jury", "criteria", index, "points"),
                Text(
                    "最高分不是评分步长的整数倍，或大于 100。",
                    "The highest mark is no multiple of the step, or above 100.",
                ),
                Text(
                    f"步长 {rulebook.jury.step} 的倍数，至多 100。",
                    f"A multiple of {rulebook.jury.step}, at most 100.",
                ),
            )


def _ladder(rulebook: Rulebook) -> Iterator[Complaint]:
    total = sum(rung.count for rung in rulebook.ladder)
    size = rulebook.funnel.shortlist
    if rulebook.ladder_fills_shortlist and total != size:
        yield (
            ("ladder",),
            Text(
                f"各等次共 {total} 个，入围作品 {size} 部。",
                f"The ladder has {total} places, the shortlist {size} works.",
            ),
            Text(
                "两者相等，或写 ladder_fills_shortlist = false。",
                "Make them equal, or write ladder_fills_shortlist = false.",
            ),
        )
    elif total > size:
        yield (
            ("ladder",),
            Text(
                f"各等次共 {total} 个，多于入围作品 {size} 部。",
                f"The ladder has {total} places for {size} works.",
            ),
            Text(f"至多 {size} 个。", f"At most {size}."),
        )


def _unique(rulebook: Rulebook) -> Iterator[Complaint]:
    lists: dict[Place, list[str]] = {
        ("stages",): [stage.key for stage in rulebook.stages],
        ("themes",): [theme.key for theme in rulebook.themes],
        ("declarations",): [declaration.key for declaration in rulebook.declarations],
        ("ladder",): [rung.key for rung in rulebook.ladder],
        ("channels",): [channel.key for channel in rulebook.channels],
        ("jury", "criteria"): [criterion.key for criterion in rulebook.jury.criteria],
        ("bodies",): [body.code for body in rulebook.bodies],
        ("ties",): list(rulebook.ties),
    }
    for place, names in lists.items():
        for index, name in enumerate(names):
            if name in names[:index]:
                yield (
                    (*place, index),
                    Text(f"“{name}”重复了。", f"“{name}” stands here twice."),
                    Text("同一列表中每个只能出现一次。", "Each may stand once in its list."),
                )


def _marked_keys_exist(rulebook: Rulebook) -> Iterator[Complaint]:
    for index, marked in enumerate(rulebook.ours):
        if not marks.exists(rulebook, marked):
            yield (
                ("ours", index),
                Text(f"没有“{marked}”这个键。", f"There is no key “{marked}”."),
                Text(
                    '写点号路径，例如 "ballot.opens"、"stages.select.start"。',
                    'A dotted key such as "ballot.opens" or "stages.select.start".',
                ),
            )


def _readable_colours(rulebook: Rulebook) -> Iterator[Complaint]:
    found = contrast.ratio(rulebook.look.brand, "#FFFFFF")
    if found < contrast.AA_TEXT:
        yield (
            ("look", "brand"),
            Text(
                f"白底上的对比度只有 {found:.1f}:1，文字难以辨认。",
                f"On white its contrast is only {found:.1f}:1: text will be hard to read.",
            ),
            Text(
                "请选深一些的颜色，至少 4.5:1（WCAG AA）。",
                "Choose a darker colour, at least 4.5:1 (WCAG AA).",
            ),
        )


_CHECKS: tuple[Check, ...] = (
    _time_zone,
    _stages_end_after_start,
    _stages_in_order,
    _no_submission_while_voting,
    _ballot_hours,
    _ballot_grammar,
    _quota,
    _film,
    _weights,
    _jury,
    _ladder,
    _unique,
    _marked_keys_exist,
    kinds.vote_effect,
    kinds.sanctions,
    kinds.jury,
    kinds.ladder,
    kinds.channels,
)
