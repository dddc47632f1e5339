"""The one place where access is checked: every view says who may enter, and a test walks them all.

    @gate.open_to(gate.anyone)
    def home(request): ...

    @gate.open_to(gate.signed_in)
    def my_entries(request): ...

    @gate.open_to(gate.strong)            # password and TOTP in this session
    def queue(request, unit_id): ...
        gate.require(access.may_review(account, unit))   # a predicate of the room, on the thing

Who is not signed in goes to the sign-in page and comes back; who is signed in but not allowed sees
a 403 page, and a 404 for things whose existence is nobody's business (`gate.find`).
"""

import functools
from collections.abc import Callable
from enum import Enum
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from paike.accounts.models import Account

STRONG_SESSION_KEY = "strong"  # set by the sign-in flow after password and TOTP

P = ParamSpec("P")
T = TypeVar("T")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class Door(Enum):
    """How much a view asks of the session before it looks at the thing itself."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    STRONG = "signed in with password and TOTP"
    DEVELOPMENT = "development installations only"


anyone = Door.ANYONE
signed_in = Door.SIGNED_IN
strong = Door.STRONG
development = Door.DEVELOPMENT


def open_to(door: Door) -> Callable[[View[P]], View[P]]:
    """Mark and guard a view. A view without this mark fails the access test."""

    def guard(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            refusal = _refuse(request, door)
            return refusal if refusal is not None else view(request, *args, **kwargs)

        guarded.door = door  # type: ignore[attr-defined]  # read by the access test
        return cast("View[P]", guarded)

    return guard


def account(request: HttpRequest) -> Account:
    """The signed-in account. Raises PermissionDenied when there is none."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def is_strong(request: HttpRequest) -> bool:
    """Whether this session passed password and TOTP."""
    return bool(request.user.is_authenticated and request.session.get(STRONG_SESSION_KEY))


def require(allowed: bool) -> None:
    """Go on only if a room's predicate allowed it; otherwise the 403 page."""
    if not allowed:
        raise PermissionDenied


def find(thing: T | None) -> T:
    """The thing, or the 404 page: for what does not exist or must not be known to exist."""
    if thing is None:
        raise Http404
    return thing


def _refuse(request: HttpRequest, door: Door) -> HttpResponse | None:
    from django.conf import settings  # noqa: PLC0415 - settings are read per request in tests

    if door is Door.ANYONE:
        return None
    if door is Door.DEVELOPMENT:
        if not settings.DEVELOPMENT:
            raise Http404
        return None
    if not request.user.is_authenticated:
        return _to_sign_in(request, "sign-in")
    if door is Door.STRONG and not is_strong(request):
        return _to_sign_in(request, "staff-sign-in")
    return None


def _to_sign_in(request: HttpRequest, name: str) -> HttpResponse:
    answer: Any = redirect_to_login(request.get_full_path(), resolve_url(name))
    if getattr(request, "htmx", False):
        answer = HttpResponse(status=204, headers={"HX-Redirect": answer.url})
    return cast("HttpResponse", answer)
