"""The pass: after the vote tap, whoever the rulebook trusts vouches for the voter, and the intake
gets a signed reference in a cookie. Who the voter is goes no further than this page."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.kernel import clock
from paike.voting.queries import ballots
from paike.voting.rules import secrets, tokens
from paike.voting.rules.identity import Voucher
from paike.web.public import opened_calls
from paike.web.public.identity import PROVIDERS, NotVouched, Tap, wechat
from paike.web.public.identity.shape import refused
from paike.web.shared import gate, passes

LONGEST_LOOK = timedelta(days=31)  # a page that claims to be open for longer is not believed


@dataclass(frozen=True)
class Wish:
    """What the vote page asked for: where to go on, and since when it has been open."""

    back: str
    seen: datetime
    address: str  # of this request, with both


@require_safe
@never_cache
@gate.open_to(gate.anyone)
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the provider of the rulebook, give the pass, go on to `next`."""
    campaign, now = opened_calls.find(slug), clock.now()
    wish = _wish(request, campaign, now=now)
    try:
        voucher = vouch(request, campaign, address=wish.address, now=now)
        if isinstance(voucher, HttpResponse):
            return voucher
        given = sign(campaign, voucher, first_seen=wish.seen, now=now)
    except NotVouched as refusal:
        context = {"campaign": campaign, "refusal": refusal, "back": wish.back}
        return render(request, "public/no_pass.html", context, status=403)
    answer = redirect(wish.back)
    passes.give(answer, slug=campaign.slug, signed=given)
    return answer


def vouch(
    request: HttpRequest, campaign: Campaign, *, address: str, now: datetime
) -> Voucher | HttpResponse:
    """What the provider of the call's rulebook says of this visitor. Raises NotVouched."""
    rule = campaigns.rulebook_of(campaign).ballot
    tap = Tap(request=request, campaign=campaign, rule=rule, address=address, now=now)
    return PROVIDERS[rule.identity].vouch(tap)


def sign(campaign: Campaign, voucher: Voucher, *, first_seen: datetime, now: datetime) -> str:
    """The pass of a voter. Raises NotVouched where there is nothing to vote on (any more)."""
    secret = ballots.secret(campaign.pk)
    if secret is None:
        raise refused(
            "投票名单还没有公布，或投票已经结束。", "The vote hasn't been prepared yet, or is over."
        )
    voter = secrets.voter(secret, provider=voucher.provider, subject=voucher.subject)
    given = tokens.Pass(
        voter=voter, provider=voucher.provider, first_seen=first_seen, issued_at=now
    )
    return tokens.sign_pass(given, slug=campaign.slug, key=secrets.pass_key(secret))


def _wish(request: HttpRequest, campaign: Campaign, *, now: datetime) -> Wish:
    """What was asked at the tap; after a round trip to WeChat it stands in our cookie."""
    asked = request.GET
    _, address = wechat.waiting(request.COOKIES.get(wechat.COOKIE, ""))
    if "state" in asked and "?" in address:
        asked = QueryDict(address.split("?", 1)[1])
    back = asked.get("next", "")
    ours = f"/c/{campaign.slug}/"
    if not back.startswith(ours) or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("vote", args=[campaign.slug])
    seen = _seen(asked.get("seen", ""), now=now)
    query = urlencode({"next": back, "seen": str(int(seen.timestamp() * 1000))})
    return Wish(back, seen, f"{reverse('ballot-pass', args=[campaign.slug])}?{query}")


def _seen(text: str, *, now: datetime) -> datetime:
    """Since when the page has been open, as the browser says: a trace, never a reason to refuse."""
    if not (text.isascii() and text.isdigit() and len(text) <= 14):
        return now
    seen = datetime.fromtimestamp(int(text) / 1000, tz=UTC)
    return seen if now - LONGEST_LOOK <= seen <= now else now
