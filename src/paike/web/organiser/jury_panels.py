"""The panel: its seats, how far each is, and its close."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.entries.queries import entries
from paike.jury import access
from paike.jury.actions import panels as actions
from paike.jury.queries import panels, standings
from paike.kernel import clock
from paike.web.shared import gate


@require_safe
@never_cache
@gate.open_to(gate.strong)
def panel(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = organised(request, slug)
    return render_panel(request, campaign)


def organised(request: HttpRequest, slug: str) -> Campaign:
    """The call, if the account organises."""
    gate.require(access.may_organise(gate.account(request)))
    return gate.find(campaigns.by_slug(slug))


def render_panel(
    request: HttpRequest, campaign: Campaign, *, link: str = "", invited: str = "", reason: str = ""
) -> HttpResponse:
    """The panel's page; `link`: the one-time link just made, shown this once; `reason`: what was
    typed for a close that was refused."""
    found = panels.of_campaign(campaign.pk)
    rulebook = campaigns.rulebook_of(campaign)
    short = standings.short_of_quorum(found) if found else {}
    seats = panels.progress(found) if found else []
    live = [each for each in seats if each.seat.left_at is None]
    titles = entries.composed_titles(list(short)[:SHOWN])
    context = {
        "campaign": campaign,
        "rulebook": rulebook,
        "panel": found,
        "scheme": panels.scheme_of(found) if found else rulebook.jury,
        "seats": seats,
        "late": [s for s in live if s.seat.accepted_at and not s.seat.sealed_at],
        "short": [(titles[entry], short[entry]) for entry in titles],
        "short_count": len(short),
        "window": stages.window(rulebook, "judge"),
        "link": link,
        "invited": invited,
        "reason": reason,
    }
    return render(request, "organiser/jury_panel.html", context)


SHOWN = 12  # works short of quorum that are named; the others are counted


@require_POST
@gate.open_to(gate.strong)
def opening(request: HttpRequest, slug: str) -> HttpResponse:
    """Set up the panel with the rulebook's scheme."""
    campaign = organised(request, slug)
    actions.open_panel(campaign_id=campaign.pk, by=gate.account(request), now=clock.now())
    return redirect("jury-panel", slug)


@require_POST
@gate.open_to(gate.strong)
def closing(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = organised(request, slug)
    found = gate.find(panels.of_campaign(campaign.pk))
    reason = request.POST.get("reason", "")
    try:
        actions.close(panel_id=found.pk, reason=reason, by=gate.account(request), now=clock.now())
    except (actions.JurorsAreLate, actions.ShortOfQuorum, actions.PanelClosed) as refusal:
        messages.error(request, refusal.text.in_language(get_language() or ""))
        return render_panel(request, campaign, reason=reason)
    messages.success(request, gettext("评审团已关闭，可以查看结果草案。"))
    return redirect("jury-panel", slug)
