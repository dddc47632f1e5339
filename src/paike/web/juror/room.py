"""The jury room: the pile of works and how far the juror is."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.jury.queries import panels, seats
from paike.kernel import clock
from paike.web.juror import piles
from paike.web.shared import gate


@require_safe
@never_cache
@gate.open_to(gate.strong)
def rooms(request: HttpRequest) -> HttpResponse:
    """The panels one sits on; straight in where there is one."""
    found = seats.of_account(gate.account(request))
    if len(found) == 1:
        return redirect("jury-room", found[0].panel_id)
    rows = [(seat, campaigns.rulebook_of(seat.panel.campaign).name) for seat in found]
    return render(request, "juror/rooms.html", {"rows": rows})


@require_safe
@never_cache
@gate.open_to(gate.strong)
def room(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    pile = piles.of_juror(gate.account(request), panel_id)
    panel = pile.seat.panel
    rulebook = campaigns.rulebook_of(panel.campaign)
    chosen = request.GET.get("show", "all")
    context = {
        "campaign": panel.campaign,
        "rulebook": rulebook,
        "panel": panel,
        "pile": pile,
        "rows": pile.filtered(chosen),
        "counts": pile.counts(),
        "shown": chosen if chosen in piles.FILTERS else "all",
        "next_open": pile.next_open(),
        "is_open": stages.allows(rulebook, "judge", clock.now()) and panel.closed_at is None,
        "window": stages.window(rulebook, "judge"),
        "criteria": panels.scheme_of(panel).criteria,
    }
    return render(request, "juror/room.html", context)
