"""One-time codes: 6 digits, 5 minutes, 5 tries, one use."""

import re
import unicodedata
from datetime import timedelta

from paike.kernel.text import Text

DIGITS = 6
LIFE = timedelta(minutes=5)
TRIES = 5
FORGET_AFTER = timedelta(minutes=10)  # after it was sent, the row is deleted

SMS = Text(
    "【拍客】验证码 {code}，5 分钟内有效。请勿告诉他人。",
    "[Paike] Your code is {code}. It works for 5 minutes. Do not tell it to anybody.",
)
MAIL_SUBJECT = Text("您的验证码", "Your code")
MAIL_BODY = Text(
    "验证码：{code}\n\n5 分钟内有效，只能用一次。如果不是您本人操作，可以忽略这封邮件。",
    "Code: {code}\n\nIt works once, for 5 minutes. If you did not ask for it, ignore this letter.",
)


def read(typed: str) -> str:
    """The digits of a typed code: full-width digits, spaces and hyphens are understood."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed))
