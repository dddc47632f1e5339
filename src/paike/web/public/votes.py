"""The vote page: the same for everybody. Who votes is asked after the vote tap, elsewhere."""

import hashlib
from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.kernel import clock
from paike.voting.rules import grammar
from paike.web.public import ballot_paper, opened_calls
from paike.web.public.identity import PROVIDERS
from paike.web.shared import gate, impersonal

FRESH = 60  # seconds that a cache on the way may keep the page
RENDERED = 3  # seconds that this process does: a burst is served from memory


def _vote(request: HttpRequest, slug: str, *, other: str) -> HttpResponse:
    campaign, now = opened_calls.find(slug), clock.now()
    key = f"vote/{campaign.pk}/{other}/{request.get_host()}/{int(now.timestamp()) // RENDERED}"
    html = cache.get(key)
    if html is None:
        html = _page(request, campaign, other=other, now=now)
        cache.set(key, html, RENDERED)
    response = HttpResponse(html)
    response["Cache-Control"] = f"public, max-age={_age(campaign, now)}"
    tag = f'"{hashlib.sha256(html.encode()).hexdigest()[:32]}"'
    response["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=response) or response


@require_safe
@gate.open_to(gate.anyone)
@impersonal.page("zh-hans")
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """The ballot, in Chinese."""
    return _vote(request, slug, other="vote-en")


@require_safe
@gate.open_to(gate.anyone)
@impersonal.page("en")
def vote_en(request: HttpRequest, slug: str) -> HttpResponse:
    """The ballot, in English."""
    return _vote(request, slug, other="vote")


def _page(request: HttpRequest, campaign: Campaign, *, other: str, now: datetime) -> str:
    rulebook = campaigns.rulebook_of(campaign)
    rule = rulebook.ballot
    window = grammar.window(rule)
    most = min(rule.per_work_max, rule.works_max)
    context = {
        "impersonal": True,
        "places_template": "public/vote_places.html",
        "other_language": reverse(other, args=[campaign.slug]),
        "campaign": campaign,
        "rulebook": rulebook,
        "rule": rule,
        "provider": PROVIDERS[rule.identity],
        "paper": ballot_paper.of_campaign(campaign, now=now),
        "is_open": now in window,
        "is_before": window.is_after(now),
        "repeats": range(1, most + 1) if most > 1 else None,
        "zone": rulebook.timezone,
    }
    return render_to_string("public/vote.html", context, request=request)


def _age(campaign: Campaign, now: datetime) -> int:
    """How long the page stays true: until the vote opens or closes, a minute at most."""
    rule = campaigns.rulebook_of(campaign).ballot
    ahead = [(moment - now).total_seconds() for moment in (rule.opens, rule.closes)]
    return max(1, min([FRESH, *(int(left) for left in ahead if left > 0)]))
