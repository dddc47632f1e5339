"""Answers that belong to no page: what is asked of an address it does not take, what is asked too
often, and a database that can't be reached."""

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from paike.accounts.actions import attempts
from paike.kernel import clock
from paike.web.shared import errors

Answer = Callable[[HttpRequest], HttpResponse]
RETRY_SECONDS = "20"


def middleware(answer: Answer) -> Answer:
    """Put our page in the place of Django's bare 405, and answer a limit that no view caught."""

    def watch(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        page = errors.page(request, 405)
        page["Allow"] = response.headers.get("Allow", "")
        return page

    def catch(request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, attempts.TooMany):
            return errors.too_many(request, fault.wait, now=clock.now())
        return None

    watch.process_exception = catch  # type: ignore[attr-defined]  # how Django finds it
    return watch


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for an exception nobody caught: 503 when the database is away, 500 otherwise."""
    fault = sys.exc_info()[1]
    if not isinstance(fault, OperationalError | InterfaceError):
        return errors.server_error(request)
    page = errors.page(request, 503)
    page["Retry-After"] = RETRY_SECONDS
    page["Cache-Control"] = "no-store"
    return page
