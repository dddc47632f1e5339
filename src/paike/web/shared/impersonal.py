"""Pages that are the same bytes for everybody, so that any cache on the way may keep them.

    @impersonal.page("zh-hans")
    def vote(request, slug): ...

The request comes to such a view without its cookies and without the browser's languages: what it
can't see it can't show. Its language stands in the address. Nothing of it sets a cookie.
"""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., HttpResponse])
Answer = Callable[[HttpRequest], HttpResponse]


def page(language: str) -> Callable[[View], View]:
    """Mark a view. `language` is that of its address."""

    def mark(view: View) -> View:
        view.impersonal = language  # type: ignore[attr-defined]  # read below
        return view

    return mark


def middleware(answer: Answer) -> Answer:
    """Stands before sessions and languages."""

    def serve(request: HttpRequest) -> HttpResponse:
        language = _language(request.path_info)
        if language is None:
            return answer(request)
        request.META.pop("HTTP_COOKIE", None)
        request.META["HTTP_ACCEPT_LANGUAGE"] = language
        request.csp_nonce = ""  # type: ignore[attr-defined]  # our scripts are files of our own
        response = answer(request)
        response.cookies.clear()
        response.headers.pop("Vary", None)
        return response

    return serve


def _language(path: str) -> str | None:
    if not path.startswith("/c/"):
        return None  # spare all other requests the look-up
    try:
        view = resolve(path).func
    except Resolver404:
        return None
    language: str | None = getattr(view, "impersonal", None)
    return language
