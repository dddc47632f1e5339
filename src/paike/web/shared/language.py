"""The language of the pages: what the reader chose, else the account's, else Chinese."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from paike.accounts.models import Account
from paike.web.shared import gate

CODES = tuple(code for code, _name in settings.LANGUAGES)
YEAR = 365 * 24 * 3600

Answer = Callable[[HttpRequest], HttpResponse]


def middleware(answer: Answer) -> Answer:
    """Stands after the authentication. Chinese is the first language: a browser gets English only
    when it asks for English and does not read Chinese."""

    def speak(request: HttpRequest) -> HttpResponse:
        code = _chosen(request)
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = answer(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return speak


def _chosen(request: HttpRequest) -> str:
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if cookie in CODES:
        return cookie
    if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, Account):
        return request.user.language if request.user.language in CODES else CODES[0]
    return of_browser(request.headers.get("Accept-Language", ""))


def of_browser(header: str) -> str:
    """Chinese, unless the header names English and no Chinese at all."""
    wanted = {part.split(";")[0].strip().lower()[:2] for part in header.split(",")}
    return "en" if "en" in wanted and "zh" not in wanted else CODES[0]


@csrf_exempt  # changes nothing but the reader's own cookie; forms on cached pages carry no token
@require_POST
@gate.open_to(gate.anyone)
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie and go back to the page."""
    code = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if code in CODES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response
