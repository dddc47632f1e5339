"""Voting without scripts: the choice is shown, confirmed, and goes through the same intake."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.kernel.text import Text
from paike.voting import ports
from paike.voting.ports import Said
from paike.web.public import ballot_forms, ballot_paper, opened_calls
from paike.web.shared import gate, network
from paike.web.shared.passes import CONFIRMING

# Refusals that end it: confirming once more would change nothing.
FINAL = frozenset({"already-voted", "closed", "not-open", "not-a-voter"})


@dataclass(frozen=True)
class Refusal:
    """What the intake said, for the page. `next_at`: when one may vote again."""

    text: Text
    next_at: datetime | None
    is_final: bool


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@gate.open_to(gate.anyone)
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows what was chosen, POST casts it."""
    campaign = opened_calls.find(slug)
    chosen = ballot_forms.works(request.POST if request.method == "POST" else request.GET)
    if not chosen or not _is_own(request):
        return redirect(_vote_page(campaign))
    carried = request.COOKIES.get(CONFIRMING, "")
    if not carried:
        return _to_pass(request, campaign, chosen)
    if request.method == "POST":
        return _cast(request, campaign, chosen, carried)
    return _ask(request, campaign, chosen, carried, status=200)


def _is_own(request: HttpRequest) -> bool:
    """Choices in the address come from our own vote page. A link from anywhere else opens the empty
    ballot, so that nobody can hand out ballots that are filled in already."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def _to_pass(request: HttpRequest, campaign: Campaign, chosen: list[int]) -> HttpResponse:
    """Who is this? Once; a browser that keeps no cookies would go round for ever."""
    query = {"works": ",".join(map(str, chosen)), "asked": "1"}
    if "asked" in request.GET:
        context = {"campaign": campaign, "refusal": {"text": NO_COOKIES}}
        context["back"] = _vote_page(campaign)
        return render(request, "public/no_pass.html", context, status=403)
    here = f"{reverse('ballot-confirm', args=[campaign.slug])}?{urlencode(query)}"
    way = reverse("ballot-pass", args=[campaign.slug])
    return redirect(f"{way}?{urlencode({'next': here})}")


def _ask(
    request: HttpRequest,
    campaign: Campaign,
    chosen: list[int],
    carried: str,
    *,
    status: int,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The choice, with a token for it."""
    key = ballot_forms.key(request.POST)
    said = ports.intake().token(
        slug=campaign.slug, carried=carried, key=key, network=network.of(request)
    )
    if said.status == 401:
        return _to_pass(request, campaign, chosen)
    if said.status != 200:
        refusal, status = refusal or _refusal(said), 409
    titles = ballot_paper.titles(campaign, numbers=set(chosen))
    context = {
        "campaign": campaign,
        "rulebook": campaigns.rulebook_of(campaign),
        "lines": [(titles.get(n, ""), times) for n, times in Counter(chosen).items()],
        "works": ",".join(map(str, chosen)),
        "key": key,
        "token": said.body.get("token", ""),
        "address": said.body.get("cast", ""),
        "refusal": refusal,
        "vote_page": _vote_page(campaign),
    }
    return render(request, "public/confirm.html", context, status=status)


def _cast(
    request: HttpRequest, campaign: Campaign, chosen: list[int], carried: str
) -> HttpResponse:
    form = ballot_forms.CastForm(request.POST)
    ours = f"/intake/{campaign.slug}/"
    if not form.is_valid() or not form.cleaned_data["address"].startswith(ours):
        return _ask(request, campaign, chosen, carried, status=200)
    said = ports.intake().cast(
        address=form.cleaned_data["address"],
        token=form.cleaned_data["token"],
        works=chosen,
        network=network.of(request),
    )
    if said.status in (200, 201):
        return redirect("receipt", campaign.slug, said.body["code"])
    return _ask(request, campaign, chosen, carried, status=409, refusal=_refusal(said))


def _refusal(said: Said) -> Refusal:
    faults = said.body.get("faults") or [said.body]
    text = Text(
        zh="".join(str(fault.get("zh", "")) for fault in faults),
        en=" ".join(str(fault.get("en", "")) for fault in faults),
    )
    next_at = parse_datetime(str(said.body.get("next_at") or ""))
    return Refusal(text, next_at, said.body.get("code") in FINAL)


def _vote_page(campaign: Campaign) -> str:
    name = "vote-en" if (get_language() or "").startswith("en") else "vote"
    return reverse(name, args=[campaign.slug])


NO_COOKIES = Text(
    "浏览器没有保存 Cookie，无法投票。请允许本站使用 Cookie 后重试，选择请重新勾选。",
    "Your browser doesn't keep our cookie, so you can't vote. Allow cookies for this site and choose "
    "again.",
)
