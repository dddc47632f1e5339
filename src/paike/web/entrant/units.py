"""Find the unit that sends the work in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from paike.entries.queries import units as queries
from paike.web.shared import gate

SEARCH_MAX = 60


@gate.open_to(gate.signed_in)
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The units whose name holds what was typed, as radio buttons."""
    text = request.GET.get("q", "")[:SEARCH_MAX]
    return render(request, "entrant/units.html", {"choices": queries.search(text), "text": text})
