"""Captions by their signed address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from paike.media.queries import captions
from paike.web.shared import gate, tracks


@require_safe
@gate.open_to(gate.anyone)
def show(request: HttpRequest, token: str) -> HttpResponse:
    """WebVTT, as a player's track asks for it."""
    return tracks.answer(gate.find(captions.by_id(tracks.asked_for(token))).text)
