"""The call's own page: the poster that can be tapped."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from paike.awards.queries import results
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.exhibition.rules import share_cards
from paike.kernel import clock
from paike.web.public import invitation, other_calls, showcase
from paike.web.public import rules as spoken_rules
from paike.web.shared import exhibitions, gate

DAY = 24 * 3600


@require_safe
@gate.open_to(gate.anyone)
def home(request: HttpRequest) -> HttpResponse:
    """The featured call, or the house before its first call."""
    campaign = campaigns.current()
    if campaign is None:
        return render(request, "public/home_empty.html")
    return _page(request, campaign)


@require_safe
@gate.open_to(gate.anyone)
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """An opened call."""
    return _page(request, _opened(slug))


@require_safe
@gate.open_to(gate.anyone)
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole rulebook in words, with what is ours and what is the notice's."""
    campaign = _opened(slug)
    rulebook = campaigns.rulebook_of(campaign)
    return render(
        request,
        "public/rules.html",
        {
            "campaign": campaign,
            "rulebook": rulebook,
            "film_rules": tuple(invitation.film_rules(rulebook.film)),
            "stations": invitation.dates(rulebook, clock.now()),
            "steps": spoken_rules.steps(rulebook),
            "revisions": spoken_rules.revisions(campaign),
        },
    )


@require_safe
@cache_control(public=True, max_age=DAY)
@gate.open_to(gate.anyone)
def share_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that chats show beside a link to the call."""
    rulebook = campaigns.rulebook_of(_opened(slug))
    picture = share_cards.draw(
        title=rulebook.name.zh,
        kicker=rulebook.organiser.name.zh,
        brand=rulebook.look.brand,
        accent=rulebook.look.accent,
    )
    return HttpResponse(picture, content_type="image/png")


def _opened(slug: str) -> Campaign:
    campaign = gate.find(campaigns.by_slug(slug))
    return gate.find(campaign if campaign.opened_at else None)


def _page(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    rulebook = campaigns.rulebook_of(campaign)
    now = clock.now()
    found = results.of_campaign(campaign.pk)
    return render(
        request,
        "public/call.html",
        {
            "campaign": campaign,
            "rulebook": rulebook,
            "stage": stages.at(rulebook, now),
            "next_stage": stages.following(rulebook, now),
            "invitation": invitation.now_possible(rulebook, now, result_is_out=found is not None),
            "stations": invitation.dates(rulebook, now),
            "film_rules": tuple(invitation.film_rules(rulebook.film)),
            "works": showcase.works(campaign, rulebook, found),
            "result_is_out": found is not None,
            "exhibition_url": exhibitions.address(campaign),
            "other_calls": [] if request.path != "/" else other_calls.beside(campaign, now),
        },
    )
