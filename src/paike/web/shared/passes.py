"""The cookies that hold a voter's pass: given at the vote tap, taken back at sign-out, so that the
next person at this phone votes for themselves."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from paike.voting.queries import ballot_logs
from paike.voting.rules import tokens

COOKIE = "paike_pass"
CONFIRMING = "paike_confirming"  # the same pass for the page that votes without scripts


def give(answer: HttpResponse, *, slug: str, signed: str) -> None:
    """Let `answer` carry the pass of a call's voter."""
    for name, path in _places(slug):
        answer.set_cookie(
            name,
            signed,
            max_age=tokens.PASS_AGE,
            path=path,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def take_back(answer: HttpResponse) -> None:
    """Let the browser forget its passes for every vote that runs."""
    for slug in ballot_logs.running():
        for name, path in _places(slug):
            answer.delete_cookie(name, path=path, samesite="Lax")


def _places(slug: str) -> tuple[tuple[str, str], ...]:
    return (COOKIE, f"/intake/{slug}/"), (CONFIRMING, reverse("ballot-confirm", args=[slug]))
