"""Texts that the database can hold. PostgreSQL takes no NUL, and no browser's form sends one."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"
Answer = Callable[[HttpRequest], HttpResponse]


def middleware(answer: Answer) -> Answer:
    """Refuse a request whose address or form holds a NUL with the 400 page, in one place for all
    views and queries."""

    def read(request: HttpRequest) -> HttpResponse:
        if NUL in request.path or any(_holds_nul(sent) for sent in (request.GET, request.POST)):
            raise BadRequest("a NUL in a text")
        return answer(request)

    return read


def _holds_nul(sent: QueryDict) -> bool:
    return any(NUL in key or any(NUL in value for value in sent.getlist(key)) for key in sent)
