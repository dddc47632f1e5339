"""What a player's text tracks fetch, by signed addresses. Whoever made an address has checked access,
as for films."""

from uuid import UUID

from django.http import Http404, HttpResponse

from paike.kernel import clock
from paike.web.shared import media_links

KEPT = "private, max-age=3600"


def asked_for(token: str) -> UUID:
    """The row that a token is of. Raises Http404."""
    try:
        return media_links.row_id(token, clock.now())
    except media_links.BadToken as fault:
        raise Http404 from fault


def answer(text: str) -> HttpResponse:
    """WebVTT."""
    made = HttpResponse(text, content_type="text/vtt; charset=utf-8")
    made["Cache-Control"] = KEPT
    return made
