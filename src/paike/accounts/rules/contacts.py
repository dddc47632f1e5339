"""Phone numbers and mail addresses in one written form, so that one person is found once."""

import re
import unicodedata
from dataclasses import dataclass

from paike.kernel.text import Text


@dataclass(frozen=True)
class NotAContact(ValueError):
    """What was typed is neither a mainland mobile number nor a mail address."""

    text: Text


BAD_PHONE = Text(
    "手机号应为 11 位数字，例如 138 0013 8000。请检查后重新输入。",
    "A mobile number has 11 digits, such as 138 0013 8000. Please check it and type it again.",
)
BAD_EMAIL = Text(
    "邮箱地址不完整，例如 name@example.com。请检查后重新输入。",
    "The e-mail address is not complete, such as name@example.com. Please check it.",
)


def phone(typed: str) -> str:
    """A mainland mobile number as `+8613800138000`. Full-width digits, spaces, hyphens and the
    prefixes +86, 0086 and 86 are understood. Raises NotAContact."""
    plain = unicodedata.normalize("NFKC", typed)
    plain = re.sub(r"[\s\-‐-―()·.]", "", plain)
    match = re.fullmatch(r"(?:\+86|0086|86)?(1[3-9][0-9]{9})", plain)
    if match is None:
        raise NotAContact(BAD_PHONE)
    return f"+86{match[1]}"


def email(typed: str) -> str:
    """A mail address in lower case, domain in ASCII. Raises NotAContact."""
    plain = unicodedata.normalize("NFKC", typed).strip().lower()
    match = re.fullmatch(r"([^@\s,;:<>\"()\[\]\\\x00-\x1f\x7f]{1,64})@([^@\s]{3,253})", plain)
    if match is None:
        raise NotAContact(BAD_EMAIL)
    try:
        domain = match[2].encode("idna").decode("ascii")
    except UnicodeError as fault:
        raise NotAContact(BAD_EMAIL) from fault
    if not re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", domain):
        raise NotAContact(BAD_EMAIL)
    return f"{match[1]}@{domain}"


def read(kind: str, typed: str) -> str:
    """The written form of a contact of `kind` ("phone" or "email"). Raises NotAContact."""
    return phone(typed) if kind == "phone" else email(typed)


def reached(kind: str, value: str) -> str:
    """What a contact in its written form reaches: two that reach one mailbox are one contact, or
    whoever has a mailbox could vote with a thousand names. Providers deliver name+anything@ to name@,
    and Gmail takes no notice of dots."""
    if kind != "email":
        return value
    name, _, domain = value.partition("@")
    plain = name.partition("+")[0] or name
    if domain in ("gmail.com", "googlemail.com"):
        plain, domain = plain.replace(".", "") or plain, "gmail.com"
    return f"{plain}@{domain}"


def guess_kind(typed: str) -> str:
    """ "email" when it has an at sign, else "phone"."""
    return "email" if "@" in unicodedata.normalize("NFKC", typed) else "phone"


def masked(kind: str, value: str) -> str:
    """A contact as its owner may see it over a shoulder: 138****8000, n***@example.com."""
    if kind == "phone":
        local = value.removeprefix("+86")
        return f"{local[:3]}****{local[-4:]}"
    name, _, domain = value.partition("@")
    return f"{name[:1]}***@{domain}"
