"""Jurors are invited and released."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from paike.jury.actions import panels as panel_actions
from paike.jury.actions import seats as actions
from paike.jury.models import Seat
from paike.jury.queries import panels
from paike.jury.queries import seats as seat_queries
from paike.kernel import clock
from paike.web.organiser import jury_panels
from paike.web.shared import gate

NAME_LENGTH = 60


@require_POST
@never_cache
@gate.open_to(gate.strong)
def seats(request: HttpRequest, slug: str) -> HttpResponse:
    """A new seat; its link is on the page that answers, and never again."""
    campaign = jury_panels.organised(request, slug)
    panel = gate.find(panels.of_campaign(campaign.pk))
    name = request.POST.get("name", "").strip()[:NAME_LENGTH]
    if not name:
        messages.error(request, gettext("请填写评委姓名。"))
        return redirect("jury-panel", slug)
    try:
        seat, token = actions.invite(
            panel_id=panel.pk, name=name, by=gate.account(request), now=clock.now()
        )
    except panel_actions.PanelClosed as refusal:
        return _refuse(request, slug, refusal)
    return _with_link(request, slug, seat, token)


@require_POST
@never_cache
@gate.open_to(gate.strong)
def again(request: HttpRequest, slug: str, seat_id: UUID) -> HttpResponse:
    """A new link for a seat nobody has taken."""
    seat = _seat(request, slug, seat_id)
    try:
        seat, token = actions.invite_again(
            seat_id=seat.pk, by=gate.account(request), now=clock.now()
        )
    except (actions.InvitationOver, panel_actions.PanelClosed) as refusal:
        return _refuse(request, slug, refusal)
    return _with_link(request, slug, seat, token)


@require_POST
@gate.open_to(gate.strong)
def leave(request: HttpRequest, slug: str, seat_id: UUID) -> HttpResponse:
    """Release a juror; complete sheets stay and count."""
    seat = _seat(request, slug, seat_id)
    try:
        actions.leave(
            seat_id=seat.pk,
            reason=request.POST.get("reason", ""),
            by=gate.account(request),
            now=clock.now(),
        )
    except panel_actions.PanelClosed as refusal:
        return _refuse(request, slug, refusal)
    return redirect("jury-panel", slug)


def _seat(request: HttpRequest, slug: str, seat_id: UUID) -> Seat:
    campaign = jury_panels.organised(request, slug)
    seat = gate.find(seat_queries.by_id(seat_id))
    return gate.find(seat if seat.panel.campaign_id == campaign.pk else None)


def _with_link(request: HttpRequest, slug: str, seat: Seat, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("jury-invitation", args=[token]))
    campaign = jury_panels.organised(request, slug)
    return jury_panels.render_panel(request, campaign, link=link, invited=seat.name)


def _refuse(
    request: HttpRequest, slug: str, refusal: actions.InvitationOver | panel_actions.PanelClosed
) -> HttpResponse:
    messages.error(request, refusal.text.in_language(get_language() or ""))
    return redirect("jury-panel", slug)
