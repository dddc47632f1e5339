"""Voting without scripts: the choice is shown, confirmed, and goes through the same intake.

Nothing here tries again by itself or solves a puzzle. Where the intake asks for either, the page
says how long to wait and has a button: by then the address or the queue is quiet again, or the
intake says once more to wait. So this way is no quicker for programs than the other.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

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
FINAL = frozenset({"already-voted", "closed", "over", "not-open", "not-a-voter"})
# Codes whose words are for the reader all the same.
AS_TOLD = frozenset({"away", "too-early"})
LATER = frozenset({408, 425, 428, 429})  # as is every 5xx
PAUSE = 10  # seconds to wait where the intake names none


@dataclass(frozen=True)
class Permit:
    """A token, and where the ballot goes with it."""

    token: str
    address: str


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
    if request.method == "POST":
        return _cast(request, campaign, chosen)
    return _ask(request, campaign, chosen)


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
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The choice, with a token for it."""
    carried = request.COOKIES.get(CONFIRMING, "")
    if not carried:
        return _to_pass(request, campaign, chosen)
    key = ballot_forms.key(request.POST)
    said = ports.intake().token(
        slug=campaign.slug, carried=carried, key=key, network=network.of(request)
    )
    if said.status == 401:
        return _to_pass(request, campaign, chosen)
    if said.status != 200:
        return _show(request, campaign, chosen, key, refusal=refusal or _refusal(said))
    permit = Permit(said.body["token"], said.body["cast"])
    return _show(request, campaign, chosen, key, permit=permit, refusal=refusal)


def _cast(request: HttpRequest, campaign: Campaign, chosen: list[int]) -> HttpResponse:
    """What was confirmed. A ballot that has its token needs no pass any more."""
    form = ballot_forms.CastForm(request.POST)
    ours = f"/intake/{campaign.slug}/"
    if not form.is_valid() or not form.cleaned_data["address"].startswith(ours):
        return _ask(request, campaign, chosen)
    permit = Permit(form.cleaned_data["token"], form.cleaned_data["address"])
    said = ports.intake().cast(
        address=permit.address, token=permit.token, works=chosen, network=network.of(request)
    )
    if said.status in (200, 201):
        return redirect("receipt", campaign.slug, said.body["code"])
    refusal = _refusal(said)
    if refusal.is_final or _comes_later(said):
        # Whether the ballot arrived may be open: by its token the intake knows it, at any age.
        key = form.cleaned_data["key"]
        return _show(request, campaign, chosen, key, permit=permit, refusal=refusal)
    return _ask(request, campaign, chosen, refusal=refusal)


def _show(
    request: HttpRequest,
    campaign: Campaign,
    chosen: list[int],
    key: UUID,
    *,
    permit: Permit | None = None,
    refusal: Refusal | None,
) -> HttpResponse:
    """The page; without a permit its button asks for one."""
    titles = ballot_paper.titles(campaign, numbers=set(chosen))
    context = {
        "campaign": campaign,
        "rulebook": campaigns.rulebook_of(campaign),
        "lines": [(titles.get(n, ""), times) for n, times in Counter(chosen).items()],
        "works": ",".join(map(str, chosen)),
        "key": key,
        "permit": permit,
        "refusal": refusal,
        "vote_page": _vote_page(campaign),
    }
    return render(request, "public/confirm.html", context, status=409 if refusal else 200)


def _comes_later(said: Said) -> bool:
    return said.status in LATER or said.status >= 500


def _refusal(said: Said) -> Refusal:
    if _comes_later(said) and said.body.get("code") not in AS_TOLD:
        return Refusal(_wait(said.retry_after or PAUSE), None, is_final=False)
    faults = said.body.get("faults") or [said.body]
    text = Text(
        zh="".join(str(fault.get("zh", "")) for fault in faults),
        en=" ".join(str(fault.get("en", "")) for fault in faults),
    )
    next_at = parse_datetime(str(said.body.get("next_at") or ""))
    return Refusal(text, next_at, said.body.get("code") in FINAL)


def _wait(seconds: int) -> Text:
    return Text(
        f"现在还不能处理这张选票。请等 {seconds} 秒，再点下面的按钮。您的选择都在，同一张选票不会重复计入。",
        f"This ballot can't be dealt with just now. Wait {seconds} s, then press the button below. "
        "Your choices are kept, and the same ballot is never counted twice.",
    )


def _vote_page(campaign: Campaign) -> str:
    name = "vote-en" if (get_language() or "").startswith("en") else "vote"
    return reverse(name, args=[campaign.slug])


NO_COOKIES = Text(
    "浏览器没有保存 Cookie，无法投票。请允许本站使用 Cookie 后重试，选择请重新勾选。",
    "Your browser doesn't keep our cookie, so you can't vote. Allow cookies for this site and choose "
    "again.",
)
