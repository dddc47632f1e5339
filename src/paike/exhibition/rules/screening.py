"""Finds what must not stand in a public text: telephone and identity numbers, mail addresses,
WeChat and QQ names. It would rather ask once too often: the editor confirms or edits."""

import re
from dataclasses import dataclass
from typing import Literal

from paike.kernel.text import Text

Kind = Literal["phone", "identity", "email", "wechat", "qq"]

NAMES: dict[Kind, Text] = {
    "phone": Text("电话号码", "telephone number"),
    "identity": Text("身份证号", "identity number"),
    "email": Text("电子邮箱", "mail address"),
    "wechat": Text("微信号", "WeChat name"),
    "qq": Text("QQ 号", "QQ number"),
}

# Digits may be full width or divided by blanks and dashes: 138 0013 8000, １３８-0013-8000.
_GAP = r"[\s\-－—.·]{0,2}"
PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("identity", re.compile(rf"(?<!\d)[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?!\d)")),
    ("phone", re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1[3-9](?:{_GAP}\d){{9}}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)0\d{2,3}[\s\-－]\d{7,8}(?!\d)")),
    ("email", re.compile(r"[\w.+-]+[@＠][\w-]+(?:[.．][\w-]+)+")),
    (
        "wechat",
        re.compile(
            r"(?:微信号?|薇信|[Ww]e[Cc]hat|\b[Vv][Xx]\b|[Ww][Xx]号?)\s*(?:号|[:：是])*\s*"
            r"([A-Za-z][\w-]{4,19})"
        ),
    ),
    ("qq", re.compile(r"[Qq]{2}\s*(?:号|[:：是])*\s*[1-9]\d{4,10}")),
)
FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}


@dataclass(frozen=True)
class Finding:
    """`text[start:end]` looks like `kind`."""

    kind: Kind
    start: int
    end: int
    words: str


def findings(text: str) -> list[Finding]:
    """What looks personal in the text, in reading order, without overlaps."""
    plain = text.translate(FULL_WIDTH)
    found: list[Finding] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if not any(start < other.end and other.start < end for other in found):
                found.append(Finding(kind=kind, start=start, end=end, words=text[start:end]))
    return sorted(found, key=lambda one: one.start)
