"""The end of a session: nothing of the person stays in this browser."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from paike.web.shared import passes


def leave(request: HttpRequest) -> HttpResponse:
    """Sign out and go home."""
    logout(request)
    answer = redirect("/")
    passes.take_back(answer)
    return answer
