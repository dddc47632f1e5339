"""The end of the term, in the forms that other servers understand."""

from datetime import datetime, timedelta

from paike.kernel.months import ENGLISH_MONTHS
from paike.kernel.text import Text


def last_day(expires: datetime) -> Text:
    """The last day shown; `expires` is the first moment that is not."""
    last = expires - timedelta(seconds=1)
    return Text(
        zh=f"{last.year}年{last.month}月{last.day}日",
        en=f"{last.day} {ENGLISH_MONTHS[last.month - 1]} {last.year}",
    )


def seconds_from(expires: datetime) -> str:
    """A regular expression for every ten-digit number of seconds since 1970 from `expires` on:
    nginx compares only text."""
    digits = str(int(expires.timestamp()))
    found = [digits]
    for place, digit in enumerate(digits):
        if digit != "9":
            rest = len(digits) - place - 1
            higher = f"[{int(digit) + 1}-9]"
            found.append(f"{digits[:place]}{higher}" + (f"[0-9]{{{rest}}}" if rest else ""))
    return "|".join(found)
