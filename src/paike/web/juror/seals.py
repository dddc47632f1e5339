"""Sealing: the juror's last act."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from paike.jury.actions import panels as panel_actions
from paike.jury.actions import seats as seat_actions
from paike.jury.queries import seats
from paike.kernel import clock
from paike.web.shared import gate


@require_POST
@gate.open_to(gate.strong)
def seal(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    account = gate.account(request)
    seat = gate.find(seats.of_juror(panel_id=panel_id, account=account))
    try:
        seat_actions.seal(seat_id=seat.pk, by=account, now=clock.now())
    except (seat_actions.NotComplete, panel_actions.PanelClosed) as refusal:
        messages.error(request, refusal.text.in_language(get_language() or ""))
    else:
        messages.success(request, gettext("已封卷。谢谢您的评审。"))
    return redirect("jury-room", panel_id)
