"""What a sign-in remembers between its steps. The session is a plain database row, so the phone or
address stands in it sealed, and nothing of it is left once the person is in."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from paike.accounts.models import Account
from paike.accounts.queries import contacts
from paike.vault import cipher
from paike.web.shared import gate

CODE_KEY = "sign_in_code"
CONTACT_KEY = "contact_code"
RESET_CODE_KEY = "reset_code"
RESET_KEY = "reset_staff"
STAFF_KEY = "sign_in_staff"
KEPT = ("invite_code",)  # survives the change of session at sign-in
STAFF_PATIENCE = timedelta(minutes=10)
STRONG_SECONDS = 12 * 3600
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class SentCode:
    """A code is on its way to `value`, since `sent_at`."""

    kind: str
    value: str
    sent_at: datetime
    next_url: str


def safe_next(request: HttpRequest, wanted: str, *, otherwise: str) -> str:
    """`wanted` if it is a page of ours, else `otherwise`."""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else otherwise


def session_key(request: HttpRequest) -> str:
    """The key of this browser's session; it exists from the first act on."""
    if request.session.session_key is None:
        request.session.create()
    return str(request.session.session_key)


def remember_code(request: HttpRequest, sent: SentCode, *, key: str = CODE_KEY) -> None:
    box = cipher.seal(sent.value, place=f"session.{session_key(request)}")
    request.session[key] = {
        "kind": sent.kind,
        "box": base64.b64encode(box).decode("ascii"),
        "sent_at": sent.sent_at.isoformat(),
        "next": sent.next_url,
    }


def sent_code(request: HttpRequest, *, key: str = CODE_KEY) -> SentCode | None:
    """The code this browser waits for; None when it asked for none."""
    kept = request.session.get(key)
    if not kept:
        return None
    box = base64.b64decode(kept["box"])
    try:
        value = cipher.open_box(box, place=f"session.{session_key(request)}")
    except cipher.Tampered:  # the session got a new key meanwhile
        del request.session[key]
        return None
    sent_at = datetime.fromisoformat(kept["sent_at"])
    return SentCode(kind=kept["kind"], value=value, sent_at=sent_at, next_url=kept["next"])


def forget_code(request: HttpRequest, *, key: str = CODE_KEY) -> None:
    request.session.pop(key, None)


def remember_staff(
    request: HttpRequest, account: Account, *, next_url: str, now: datetime, key: str = STAFF_KEY
) -> None:
    """The first step was right; the second is still to come, so nobody is signed in yet."""
    request.session[key] = {
        "account": str(account.id),
        "next": next_url,
        "at": now.isoformat(),
    }


def staff(
    request: HttpRequest, *, now: datetime, key: str = STAFF_KEY
) -> tuple[Account, str] | None:
    """Who passed the first step in the last ten minutes, and where they wanted to go."""
    kept = request.session.get(key)
    if not kept or now - datetime.fromisoformat(kept["at"]) > STAFF_PATIENCE:
        return None
    account = contacts.account_by_id(UUID(kept["account"]))
    return None if account is None else (account, str(kept["next"]))


def enter(request: HttpRequest, account: Account, *, strong: bool) -> None:
    """Sign in: a new session key, so that a key somebody planted before is worth nothing."""
    kept = {key: request.session[key] for key in KEPT if key in request.session}
    for key in (
        CODE_KEY,
        CONTACT_KEY,
        STAFF_KEY,
        RESET_CODE_KEY,
        RESET_KEY,
        gate.STRONG_SESSION_KEY,
    ):
        request.session.pop(key, None)
    login(request, account, backend=BACKEND)
    request.session.cycle_key()  # also when the same person only becomes stronger
    for key, value in kept.items():
        request.session[key] = value
    if strong:
        request.session[gate.STRONG_SESSION_KEY] = True
        request.session.set_expiry(STRONG_SECONDS)
