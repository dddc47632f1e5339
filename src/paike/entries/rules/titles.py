"""The public title, composed and never typed: the notice wants the recommending body, or the
author's own workplace, named in it (clause 15)."""

from collections.abc import Sequence

BRACKETS = ("《", "》")
OPEN_TO_CLOSE = {"《": "》", "“": "”", '"': '"', "「": "」"}


def bare(title: str) -> str:
    """The title without white space and quotation marks around it: `《夜班》` is `夜班`."""
    text = " ".join(title.split())
    while len(text) > 1 and OPEN_TO_CLOSE.get(text[0]) == text[-1]:
        inner = text[1:-1].strip()
        if not inner or text[0] in inner:
            break
        text = inner
    return text


def compose(*, named: str, title: str) -> str:
    """`named` (推荐单位 or 所在单位) and the work's title as one public title: 广东省总工会《夜班》.

    While a part is still missing, what is there.
    """
    name, work = " ".join(named.split()), bare(title)
    quoted = f"{BRACKETS[0]}{work}{BRACKETS[1]}" if work else ""
    return f"{name}{quoted}"


def credited(credit: str, also: Sequence[str]) -> str:
    """The credit of a work that other units sent too: 王小明（同时报送：深圳市总工会、佛山市总工会）."""
    return f"{credit}（同时报送：{'、'.join(also)}）" if also else credit
