"""The committee's ballots, and the publication."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from paike.awards.actions import committee_ballots, results
from paike.kernel import clock
from paike.web.organiser import jury_panels, result_drafts
from paike.web.shared import gate


@require_POST
@gate.open_to(gate.strong)
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    """Record how the committee ordered a tie: each work with its place."""
    campaign = jury_panels.organised(request, slug)
    try:
        committee_ballots.record(
            campaign_id=campaign.pk,
            order=_order(request),
            minutes=request.POST.get("minutes", ""),
            by=gate.account(request),
            now=clock.now(),
        )
    except (
        committee_ballots.NotATie,
        committee_ballots.TooEarly,
        committee_ballots.MinutesNeeded,
        committee_ballots.Published,
    ) as refusal:
        messages.error(request, refusal.text.in_language(get_language() or ""))
        return result_drafts.render_draft(request, campaign, typed=request.POST)
    messages.success(request, gettext("表决已记录。"))
    return redirect("result-draft", slug)


def _order(request: HttpRequest) -> list[UUID]:
    """Works by the places typed beside them; two equal places are no order, so nothing is."""
    placed = []
    for name in request.POST:
        value = str(request.POST[name])
        work, _, key = name.partition("-")
        if work == "place" and value.strip().isdecimal():
            try:
                placed.append((int(value), UUID(key)))
            except ValueError:
                return []
    places = [place for place, _ in placed]
    return [key for _, key in sorted(placed)] if len(places) == len(set(places)) else []


@require_POST
@gate.open_to(gate.strong)
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = jury_panels.organised(request, slug)
    try:
        results.publish(campaign_id=campaign.pk, by=gate.account(request), now=clock.now())
    except (results.NotReady, results.AlreadyPublished) as refusal:
        messages.error(request, refusal.text.in_language(get_language() or ""))
    else:
        messages.success(request, gettext("结果已公布，获奖者已收到通知。"))
    return redirect("result-draft", slug)
