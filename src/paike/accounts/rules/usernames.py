"""User names of staff and jurors: short, Latin, told over the phone."""

import re
import unicodedata

from paike.kernel.text import Text


class NotAUsername(ValueError):
    text = Text(
        "用户名应为 3 到 40 个小写字母、数字、点或连字符，以字母开头。",
        "A user name has 3 to 40 small letters, digits, dots or hyphens and begins with a letter.",
    )


def fold(typed: str) -> str:
    """What was typed at sign-in, in the written form; never refused, so that it tells nothing."""
    return unicodedata.normalize("NFKC", typed).strip().lower()[:60]


def read(typed: str) -> str:
    """A new user name. Raises NotAUsername."""
    name = fold(typed)
    if not re.fullmatch(r"[a-z][a-z0-9.-]{2,39}", name):
        raise NotAUsername
    return name
