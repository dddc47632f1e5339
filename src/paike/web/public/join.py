"""The page behind a unit's link and QR code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.kernel import clock
from paike.orgs.queries import invitations, organisations
from paike.web.shared import gate

SESSION_KEY = "invite_code"  # read by the form of a new entry


@require_http_methods(["GET", "HEAD", "POST"])
@gate.open_to(gate.anyone)
def join(request: HttpRequest, code: str) -> HttpResponse:
    """The call and the unit; going on remembers the unit and leads to the new entry, by way of
    registration for who is not signed in. No cookie before that."""
    link = invitations.by_code(code)
    campaign = campaigns.by_id(link.campaign_id) if link else None
    if link is None or campaign is None or campaign.opened_at is None:
        return render(request, "public/join_gone.html", {"code": code}, status=404)
    rulebook, now = campaigns.rulebook_of(campaign), clock.now()
    open_now = stages.allows(rulebook, "submit", now)
    if request.method == "POST" and open_now:
        request.session[SESSION_KEY] = link.code
        return redirect("entry-new", campaign.slug)
    context = {
        "campaign": campaign,
        "rulebook": rulebook,
        "unit": link.organisation,
        "road": organisations.road_of(link.organisation)[1:],
        "window": stages.window(rulebook, "submit"),
        "open_now": open_now,
    }
    return render(request, "public/join.html", context)
