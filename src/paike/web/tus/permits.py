"""Who is asking, and for which entry a film may be sent. Runs in threads: it asks the database."""

import contextlib
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, parse_cookie

from paike.accounts.models import Account
from paike.campaigns.queries import campaigns
from paike.entries import access
from paike.entries.queries import entries
from paike.entries.rules import standing
from paike.kernel.text import Text
from paike.web.tus import answers

SIGN_IN = Text("请先登录，再继续上传。", "Sign in to go on with the upload.")
FOREIGN = Text("请求来自其他网站，已拒绝。", "The request came from another site and was refused.")
NO_ENTRY = Text("没有找到这个作品。", "There is no such entry.")
NOT_NOW = Text(
    "作品已提交或征集已结束，现在不能上传影片。",
    "The work was submitted or the call has closed; no film can be uploaded now.",
)


@dataclass(frozen=True)
class Permit:
    """That `owner` may send one film of at most `size_max` bytes for an entry."""

    owner: Account
    entry_id: UUID
    size_max: int


def account(headers: dict[str, str]) -> Account:
    """The account of the session cookie. Raises answers.Refusal (401)."""
    request = HttpRequest()
    engine = import_module(settings.SESSION_ENGINE)
    cookies = parse_cookie(headers.get("cookie", ""))
    request.session = engine.SessionStore(cookies.get(settings.SESSION_COOKIE_NAME))
    person = auth.get_user(request)
    if not isinstance(person, Account):
        raise answers.refusal(401, "sign-in", SIGN_IN, close=True)
    return person


def check_origin(headers: dict[str, str], *, scheme: str) -> None:
    """Only our own pages, and programs that are no browser, may send. Raises answers.Refusal."""
    origin = headers.get("origin")
    if origin is None:
        if headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none"):
            return
        raise answers.refusal(403, "foreign", FOREIGN, close=True)
    ours = {settings.PUBLIC_URL, f"{scheme}://{headers.get('host', '')}"}
    if settings.PUBLIC_URL.startswith("https://"):  # a proxy ends TLS before us
        ours.add(f"https://{headers.get('host', '')}")
    if origin not in ours or urlsplit(origin).hostname is None:
        raise answers.refusal(403, "foreign", FOREIGN, close=True)


def for_entry(owner: Account, entry_text: str, *, now: datetime) -> Permit:
    """Raises answers.Refusal: 404 for an entry that is not there or another person's, 403 when
    its stage or standing takes no film."""
    entry = None
    with contextlib.suppress(ValueError):
        entry = entries.by_id(UUID(entry_text))
    if entry is None or not access.is_owner(owner, entry):
        raise answers.refusal(404, "no-entry", NO_ENTRY)
    rulebook = campaigns.rulebook_of(entry.campaign)
    takes = standing.takes_submission(rulebook, entries.standing_of(entry), now)
    if not takes or not access.may_edit(owner, entry):
        raise answers.refusal(403, "not-now", NOT_NOW)
    return Permit(owner=owner, entry_id=entry.pk, size_max=rulebook.film.arrival_max)
