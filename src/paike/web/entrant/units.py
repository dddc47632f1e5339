"""Find the unit that sends the work in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from paike.campaigns.queries import campaigns
from paike.entries.queries import units as queries
from paike.web.shared import gate

SEARCH_MAX = 60


@gate.open_to(gate.signed_in)
@require_safe
def units(request: HttpRequest, slug: str) -> HttpResponse:
    """The call's units whose name holds what was typed, as radio buttons."""
    rulebook = campaigns.rulebook_of(gate.find(campaigns.by_slug(slug)))
    text = request.GET.get("q", "")[:SEARCH_MAX]
    found = queries.search(text, rulebook=rulebook)
    return render(request, "entrant/units.html", {"choices": found, "text": text})
