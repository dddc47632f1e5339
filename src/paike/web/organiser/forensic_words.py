"""Findings in words a person understands: what was seen, what is usual, what honest people could
have done to look like that."""

from collections.abc import Mapping
from typing import Any

from paike.kernel.text import Text
from paike.voting.models import Finding
from paike.voting.rules.detection.finding import FAMILIES, Family
from paike.voting.rules.detection.registry import DETECTORS

NAMES = {one.KEY: one.NAME for one in DETECTORS}

HONEST = {
    "burst": Text("单位集中组织投票、媒体报道也会这样。", "A unit's poster or the news does this too."),
    "network-share": Text("一个厂、一栋宿舍往往共用一个出口。", "A factory or a dormitory shares one address."),
    "referral-star": Text("单位的海报和群里的链接也会这样。", "A unit's poster or a group's link does this."),
    "lockstep": Text("同班组下班后一起投票会有些像，但很少连选的别的作品也一样。", "Colleagues after a shift are a little like this, but seldom agree on the other works."),
    "fillers": Text("真心喜欢一部作品的人，其他几票一般投给大家也喜欢的。", "People who like one work mostly give the other votes as everybody does."),
    "fresh-and-gone": Text("每部作品都有人不看就投，比例差不多。", "At every work some vote unseen, at about the same share."),
    "regularity": Text("人来得有快有慢，不会像钟摆。", "People come in fits and starts, never like a pendulum."),
    "vote-jury-gap": Text("大众和评委口味本来就可以不同。", "The public and the jury may simply differ."),
    "arithmetic": Text("先核对程序和备份，再下结论。", "Check software and backups before anything else."),
}  # fmt: skip


def name(detector: str) -> Text:
    return NAMES.get(detector, Text(detector, detector))


def family(key: str) -> Text:
    return FAMILIES[Family(key)]


def of(finding: Finding, figures: Mapping[str, Any]) -> Text:
    """What one finding says, with those of its figures that may be shown."""
    said = _PARTS.get(finding.detector, ())
    parts = [
        text.fill(**_shown(figures))
        for needed, text in said
        if all(key in figures for key in needed)
    ]
    if finding.explained:
        parts.append(EXPLAINED.fill(n=finding.explained))
    return Text("".join(part.zh for part in parts), " ".join(part.en for part in parts))


def _shown(figures: Mapping[str, Any]) -> dict[str, str]:
    """Shares as per cent, numbers with separators."""
    return {
        key: f"{value:.0%}"
        if key.endswith("_share")
        else f"{value:,}"
        if isinstance(value, int | float)
        else str(value)
        for key, value in figures.items()
    }


EXPLAINED = Text(
    "其中 {n} 张在事先声明的集中投票时段内，不作为疑点。",
    "{n} of them lie in declared mobilisation windows and are not held against the work.",
)
_PARTS: dict[str, tuple[tuple[tuple[str, ...], Text], ...]] = {
    "burst": (
        (
            ("bursts", "ballots", "usual", "times_usual"),
            Text(
                "{bursts} 个时段内来了 {ballots} 张选票，平常约 {usual} 张，最高时是平常的 {times_usual} 倍。",
                "{ballots} ballots in {bursts} stretches of time where about {usual} are usual; at the "
                "top {times_usual} times the usual.",
            ),
        ),
    ),
    "network-share": (
        (
            ("sources", "ballots", "usual"),
            Text(
                "{sources} 个网络出口投来 {ballots} 张，按其他作品的比例约 {usual} 张。",
                "{sources} networks gave {ballots} ballots; by their share elsewhere it would be "
                "about {usual}.",
            ),
        ),
    ),
    "referral-star": (
        (
            ("sources", "ballots", "usual"),
            Text(
                "{sources} 个链接带来 {ballots} 张，按其他作品的比例约 {usual} 张。",
                "{sources} links brought {ballots} ballots; by their share elsewhere it would be "
                "about {usual}.",
            ),
        ),
    ),
    "lockstep": (
        (
            ("accounts", "days", "ballots"),
            Text(
                "{accounts} 个账号在 {days} 天里总是前后脚投票，选的作品也基本相同，共 {ballots} 张。",
                "{accounts} accounts voted one after the other on {days} days, for nearly the same "
                "works: {ballots} ballots.",
            ),
        ),
    ),
    "fillers": (
        (
            ("same_sets", "same_set_ballots", "times_expected"),
            Text(
                "{same_set_ballots} 张选票反复使用 {same_sets} 组完全相同的作品，最多是应有次数的 "
                "{times_expected} 倍。",
                "{same_set_ballots} ballots repeat {same_sets} identical sets of works, up to "
                "{times_expected} times as often as expected.",
            ),
        ),
        (
            ("surplus", "blind_share"),
            Text(
                "比平常多出的选票（最多一次 {surplus} 张）里，{blind_share} 的其他几票像是随手勾的。",
                "Of the ballots on top of the usual (up to {surplus} at once), {blind_share} tick the "
                "other works as if blindly.",
            ),
        ),
        (
            ("blind_among_hasty",),
            Text(
                "没看就投的选票里，随手勾选的是别处的 {blind_among_hasty} 倍。",
                "Among ballots cast unseen, blind ticking is {blind_among_hasty} times as common as "
                "elsewhere.",
            ),
        ),
        (
            ("both_times_usual",),
            Text(
                "有些时段里，既没看就投、又随手勾选的选票是平常的 {both_times_usual} 倍。",
                "In some hours, ballots that are both cast unseen and ticked blindly are "
                "{both_times_usual} times as common as usual.",
            ),
        ),
    ),
    "fresh-and-gone": (
        (
            ("surplus", "hasty_share", "usual_share"),
            Text(
                "比平常多出的选票（最多一次 {surplus} 张）里，{hasty_share} 打开不久、一部没看就投了；平常是 {usual_share}。",
                "Of the ballots on top of the usual (up to {surplus} at once), {hasty_share} were cast "
                "within moments, nothing watched; usual is {usual_share}.",
            ),
        ),
        (
            ("hasty_among_blind",),
            Text(
                "随手勾选的选票里，没看就投的是应有的 {hasty_among_blind} 倍。",
                "Among ballots ticked blindly, haste is {hasty_among_blind} times what it should be.",
            ),
        ),
        (
            ("both_times_usual",),
            Text(
                "有些时段里，既没看就投、又随手勾选的选票是平常的 {both_times_usual} 倍。",
                "In some hours, ballots that are both cast unseen and ticked blindly are "
                "{both_times_usual} times as common as usual.",
            ),
        ),
    ),
    "regularity": (
        (
            ("streams", "median_gap_s"),
            Text(
                "{streams} 段连续的选票间隔几乎相等，约每 {median_gap_s} 秒一张。",
                "Ballots at nearly equal gaps, in runs ({streams}), about one every {median_gap_s} s.",
            ),
        ),
    ),
    "vote-jury-gap": (
        (
            ("vote_rank", "jury_rank"),
            Text(
                "票数第 {vote_rank}，评审第 {jury_rank}。只提醒人工看一看，不影响任何选票。",
                "Rank {vote_rank} by votes, {jury_rank} by the jury. A hint to look; no ballot is touched.",
            ),
        ),
    ),
    "arithmetic": (
        (
            ("works_miscounted",),
            Text(
                "{works_miscounted} 部作品的运行计数与选票不符，请先停止公布，检查数据库。",
                "The running count of {works_miscounted} works differs from the ballots. Publish "
                "nothing and check the database.",
            ),
        ),
        (
            ("repeated_gap", "times"),
            Text(
                "名次之间的差距 {repeated_gap} 票重复了 {times} 次，像是编的数。",
                "A distance of {repeated_gap} votes repeats {times} times, as invented figures do.",
            ),
        ),
        (
            ("last_digits",),
            Text(
                "票数末位数字分布异常（χ² {last_digits}）。",
                "The last digits are unevenly spread (χ² {last_digits}).",
            ),
        ),
    ),
}
