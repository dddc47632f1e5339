"""The track of a film's small pictures by its signed address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from paike.media.queries import storyboards
from paike.web.shared import gate, media_links, tracks


@require_safe
@gate.open_to(gate.anyone)
def show(request: HttpRequest, token: str) -> HttpResponse:
    """WebVTT: each cue is the address of a part of the picture."""
    board = gate.find(storyboards.by_id(tracks.asked_for(token)))
    return tracks.answer(board.track(media_links.poster(board.picture)))
