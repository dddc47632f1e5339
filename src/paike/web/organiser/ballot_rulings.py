"""Deciding about ballots that were set aside: propose, confirm, refuse."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paike.kernel import clock
from paike.voting.actions import rulings
from paike.voting.models import Act, Ruling
from paike.voting.queries import standings
from paike.web.organiser import scope
from paike.web.shared import gate

REFUSALS = (
    rulings.NotAllowed,
    rulings.ReasonMissing,
    rulings.TooEarly,
    rulings.Waiting,
    rulings.SamePerson,
    rulings.NotIndependent,
    rulings.Gone,
)


@require_POST
@gate.open_to(gate.strong)
def propose(request: HttpRequest, slug: str, quarantine_id: UUID) -> HttpResponse:
    """The first person: what should become of these ballots, and why."""
    campaign = scope.campaign(request, slug)
    quarantine = gate.find(standings.by_id(quarantine_id))
    gate.find(quarantine if quarantine.campaign_id == campaign.pk else None)
    act = Act.VOID if request.POST.get("act") == Act.VOID else Act.RELEASE
    try:
        rulings.propose(
            quarantine_id=quarantine.pk,
            act=act,
            sanctioned=request.POST.get("sanctioned") == "yes",
            reason=request.POST.get("reason", "")[:1000],
            by=gate.account(request),
            now=clock.now(),
        )
        messages.success(request, _("已提议。请另一位同事确认后生效。"))
    except REFUSALS as refusal:
        scope.say(request, refusal)
    return redirect("forensics-work", slug, quarantine.work)


@require_POST
@gate.open_to(gate.strong)
def confirm(request: HttpRequest, slug: str, ruling_id: UUID) -> HttpResponse:
    """The second person agrees."""
    ruling = _of(request, slug, ruling_id)
    try:
        rulings.confirm(ruling_id=ruling.pk, by=gate.account(request), now=clock.now())
        messages.success(request, _("已生效，写入选票日志，并通知了投稿人。"))
    except REFUSALS as refusal:
        scope.say(request, refusal)
    return redirect("forensics-work", slug, ruling.quarantine.work)


@require_POST
@gate.open_to(gate.strong)
def refuse(request: HttpRequest, slug: str, ruling_id: UUID) -> HttpResponse:
    """The proposal is taken off the table."""
    ruling = _of(request, slug, ruling_id)
    try:
        rulings.refuse(ruling_id=ruling.pk, by=gate.account(request), now=clock.now())
        messages.success(request, _("提议已撤下，这些选票仍待核实。"))
    except REFUSALS as refusal:
        scope.say(request, refusal)
    return redirect("forensics-work", slug, ruling.quarantine.work)


def _of(request: HttpRequest, slug: str, ruling_id: UUID) -> Ruling:
    campaign = scope.campaign(request, slug)
    ruling = gate.find(standings.ruling(ruling_id))
    return gate.find(ruling if ruling.quarantine.campaign_id == campaign.pk else None)
