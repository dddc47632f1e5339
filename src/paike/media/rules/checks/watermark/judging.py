"""Marks of other video platforms: `docs/checks/watermark.md`."""

import re

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules import text_likeness
from paike.media.rules.checks import check
from paike.media.rules.measured import Line, Measured
from paike.media.rules.report import Confidence, Verdict

NAMES = re.compile(
    r"抖音|快手|火山小视频|西瓜视频|微视|美拍|小红书|哔哩|bilibili|b站|tiktok|kwai|视频号|"
    r"好看视频|秒拍|剪映|capcut|皮皮虾|douyin|kuaishou"
)
TALLEST = 0.08  # share of the height: marks are small
SIDE = 0.36  # share of the width: they stand at a side, or at the very top or bottom
EDGE = 0.12


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where no small line at an edge names a platform."""
    if measured.words is None:
        return None
    lines = [*measured.words.opening, *measured.words.standing]
    marks = [line for line in lines if _is_mark(line)]
    return check.verdict(
        "watermark.found" if marks else "watermark.ok",
        value=marks[0].text if marks else "",
        confidence=Confidence.LIKELY,
        sights=[marks[0].start] if marks else (),
        found=marks[0].text[:30] if marks else "",
    )


def _is_mark(line: Line) -> bool:
    aside = abs(line.x - 0.5) > 0.5 - SIDE or min(line.y, 1 - line.y) < EDGE
    return aside and line.height < TALLEST and bool(NAMES.search(text_likeness.plain(line.text)))
