"""The vote: choose, sign in only when voting, hold a receipt."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.queries import entries
from paike.kernel import clock, ids
from paike.voting.actions import ballots as ballot_actions
from paike.voting.models import Ballot
from paike.voting.queries import ballots
from paike.voting.rules import grammar
from paike.web.public import ballot_forms, ballot_paper, opened_calls
from paike.web.shared import gate, network

SEED_LENGTH = 4


@require_safe
@never_cache
@gate.open_to(gate.anyone)
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """The ballot. Its order comes from `s` in the address, so that it stays while voting and no
    cookie is needed before the vote tap."""
    campaign = opened_calls.find(slug)
    if not request.GET.get("s"):
        return redirect(_address(campaign, seed=ids.new_code(SEED_LENGTH)))
    return _paper(request, campaign, chosen=_own_choices(request))


def _own_choices(request: HttpRequest) -> list[UUID]:
    """Choices in the address come from our own vote tap, through signing in. A link from anywhere
    else opens an empty ballot, so that nobody can hand out ballots that are filled in already."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return []
    return ballot_forms.works(request.GET)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@gate.open_to(gate.anyone)
def ballot_cast(request: HttpRequest, slug: str) -> HttpResponse:
    """POST casts. GET is the vote tap of somebody who is not signed in: after signing in, the
    choices stand on the ballot again."""
    campaign = opened_calls.find(slug)
    given = request.POST if request.method == "POST" else request.GET
    chosen = ballot_forms.works(given) if request.method == "POST" else _own_choices(request)
    back = _address(campaign, seed=given.get("s", ""), chosen=chosen)
    if not request.user.is_authenticated:
        return redirect(f"{reverse('sign-in')}?{urlencode({'next': back})}")
    if request.method != "POST":
        return redirect(back)
    try:
        ballot = ballot_actions.cast(
            campaign_id=campaign.pk,
            voter=gate.account(request),
            entry_ids=chosen,
            key=ballot_forms.key(given),
            now=clock.now(),
        )
    except ballot_actions.NotCounted as refusal:
        return _paper(request, campaign, chosen=chosen, refusal=refusal)
    _tell_if_changed(request, ballot, chosen)
    return redirect("receipt", campaign.slug, ballot.receipt)


@require_safe
@never_cache
@gate.open_to(gate.anyone)
def receipt(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A ballot by its code. Anybody with the code sees that it is counted; what it says is shown
    to its voter alone."""
    campaign = opened_calls.find(slug)
    ballot = gate.find(ballots.by_receipt(ids.read_code(code)))
    gate.find(ballot if ballot.campaign_id == campaign.pk else None)
    rulebook = campaigns.rulebook_of(campaign)
    is_mine = isinstance(request.user, Account) and ballot.voter_id == request.user.pk
    slot = grammar.slot(rulebook.ballot, now=ballot.cast_at, zone=rulebook.timezone)
    context = {
        "campaign": campaign,
        "rulebook": rulebook,
        "ballot": ballot,
        "is_mine": is_mine,
        "titles": _titles(ballot) if is_mine else [],
        "left": ballots.left(campaign, voter=ballot.voter, now=clock.now()) if is_mine else 0,
        "next_at": slot.next_at if slot.next_at and slot.next_at > clock.now() else None,
    }
    return render(request, "public/receipt.html", context)


@require_safe
@never_cache
@gate.open_to(gate.signed_in)
def my_ballots(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = opened_calls.find(slug)
    found = ballots.of_voter(campaign_id=campaign.pk, voter=gate.account(request))
    titles = entries.composed_titles(
        {pick.entry_id for ballot in found for pick in ballot.picks.all()}
    )
    lines = [
        (ballot, [(titles.get(p.entry_id, ""), p.times) for p in ballot.picks.all()])
        for ballot in found
    ]
    context = {"campaign": campaign, "lines": lines}
    return render(request, "public/my_ballots.html", context)


def _paper(
    request: HttpRequest,
    campaign: Campaign,
    *,
    chosen: list[UUID],
    refusal: ballot_actions.NotCounted | None = None,
) -> HttpResponse:
    now = clock.now()
    rulebook = campaigns.rulebook_of(campaign)
    rule = rulebook.ballot
    seed = request.POST.get("s") or request.GET.get("s", "")
    window = grammar.window(rule)
    most = min(rule.per_work_max, rule.works_max)
    context = {
        "campaign": campaign,
        "rulebook": rulebook,
        "rule": rule,
        "paper": ballot_paper.of_campaign(
            campaign, seed=_order(request, seed), chosen=chosen, now=now
        ),
        "seed": seed,
        "key": ids.new_id(),
        "is_open": now in window,
        "is_before": window.is_after(now),
        "repeats": range(1, most + 1) if most > 1 else None,
        "refusal": refusal,
        "next_at": getattr(refusal, "next_at", None),
        "share_url": request.build_absolute_uri(reverse("vote", args=[campaign.slug])),
    }
    return render(request, "public/vote.html", context, status=409 if refusal else 200)


def _order(request: HttpRequest, seed: str) -> str:
    """What the order follows from: the visit's seed and, unseen, the visitor's network and browser.
    A link that is passed on shows everybody another order: nobody can look for an address in which
    a work stands first and spread it."""
    visitor = f"{seed}/{network.of(request)}/{request.headers.get('User-Agent', '')}"
    return salted_hmac("paike.vote.order", visitor).hexdigest()


def _address(campaign: Campaign, *, seed: str, chosen: list[UUID] | None = None) -> str:
    query = {"s": seed or ids.new_code(SEED_LENGTH)}
    if chosen:
        query["works"] = ",".join(str(work) for work in chosen)
    return f"{reverse('vote', args=[campaign.slug])}?{urlencode(query)}"


def _titles(ballot: Ballot) -> list[tuple[str, int]]:
    picks = list(ballot.picks.all())
    titles = entries.composed_titles(pick.entry_id for pick in picks)
    return [(titles.get(pick.entry_id, ""), pick.times) for pick in picks]


def _tell_if_changed(request: HttpRequest, ballot: Ballot, chosen: list[UUID]) -> None:
    """A page sent again after its choices changed: the first ballot is the one that counts."""
    kept = sorted(pick.entry_id for pick in ballot.picks.all() for _ in range(pick.times))
    if kept != sorted(chosen):
        said = gettext("这张选票先前已经计入，之后的改动没有计入。")
        messages.warning(request, said, extra_tags=get_language() or "")
