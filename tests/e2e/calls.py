"""The small call that browsers walk through: two bodies, five places, the notice's own rules."""

import re
from datetime import datetime, timedelta

from paike.campaigns.rules import reading, shifting

BODY = "XPCC"  # whose units the browsers serve: a grass-roots union, then the body
OTHER_BODY = "FIN"
SHORTLIST = 5


def source(played: str, slug: str, now: datetime) -> str:
    """The demo's rulebook again, smaller, and beginning tomorrow: the clock only goes forward."""
    start = reading.read(played).stages[0].start
    moved = shifting.shift(played, timedelta(days=(now - start).days + 1))
    lines, inside_rung = [], False
    for line in moved.splitlines():
        code = re.match(r'\s*\{ code = "([A-Z]+)"', line)
        if code and code[1] not in (BODY, OTHER_BODY):
            continue
        inside_rung = line.strip() == "[[ladder]]" or (inside_rung and not line.startswith("["))
        lines.append(re.sub(r"^count = \d+", "count = 1", line) if inside_rung else line)
    text = "\n".join(lines) + "\n"
    for key, value in {
        "slug": f'"{slug}"',
        "recommend_min": "2",
        "recommend_max": "4",
        "shortlist": str(SHORTLIST),
        "works_min": "3",
        "works_max": "3",
    }.items():
        text = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", text, count=1)
    return text
