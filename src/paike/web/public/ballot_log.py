"""The page that explains the ballot log to whoever wants to check the vote."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from paike.campaigns.queries import campaigns
from paike.voting.queries import heads, verifier
from paike.web.public import opened_calls
from paike.web.shared import gate


@require_safe
@gate.open_to(gate.anyone)
def ballot_log(request: HttpRequest, slug: str) -> HttpResponse:
    """Size and root of the log, its key, its last checkpoint, and how to verify all of it."""
    campaign = opened_calls.find(slug)
    context = {
        "campaign": campaign,
        "rulebook": campaigns.rulebook_of(campaign),
        "head": heads.of_campaign(campaign.pk),
    }
    return render(request, "public/ballot_log.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
@gate.open_to(gate.anyone)
def program(_request: HttpRequest, slug: str) -> HttpResponse:
    """The verifier, one file."""
    opened_calls.find(slug)
    answer = HttpResponse(verifier.packed(), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{verifier.NAME}"'
    return answer
