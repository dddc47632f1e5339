"""What became of a ballot: by its code for everybody, what it says for its voter alone."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.voting import access
from paike.voting.models import Ballot
from paike.voting.queries import ballots, heads
from paike.voting.rules import secrets
from paike.web.public import ballot_fates, ballot_paper, opened_calls
from paike.web.public.ballot_fates import Fate
from paike.web.shared import gate


@dataclass(frozen=True)
class Line:
    """One of a voter's own ballots. `works`: titles and how often."""

    ballot: Ballot
    code: str
    fate: Fate
    works: list[tuple[str, int]]


@require_safe
@never_cache
@gate.open_to(gate.anyone)
def receipt(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A ballot by its code. Anybody with the code sees what became of it; what it says is shown to
    its voter alone: from the receipt on this phone, or to the account that cast it."""
    campaign = opened_calls.find(slug)
    ballot = gate.find(ballots.by_code(campaign.pk, code))
    voter = _voter(request, campaign)
    is_mine = voter is not None and bytes(ballot.voter) == voter
    context = {
        "campaign": campaign,
        "rulebook": campaigns.rulebook_of(campaign),
        "ballot": ballot,
        "code": ballots.code(ballot),
        "fate": ballot_fates.of_all([ballot])[ballot.pk],
        "head": heads.of_campaign(campaign.pk),
        "works": _named(campaign, [ballot])[ballot.pk] if is_mine else None,
        "titles": _titles(campaign),
    }
    return render(request, "public/receipt.html", context)


@require_safe
@never_cache
@gate.open_to(gate.anyone)
def my_ballots(request: HttpRequest, slug: str) -> HttpResponse:
    """The account's ballots; the page's script adds those whose receipts this phone keeps."""
    campaign = opened_calls.find(slug)
    voter = _voter(request, campaign)
    found = ballots.of_voter(campaign_id=campaign.pk, voter=voter) if voter else []
    named, fates = _named(campaign, found), ballot_fates.of_all(found)
    key = ballots.receipt_key(campaign.pk)
    context = {
        "campaign": campaign,
        "rulebook": campaigns.rulebook_of(campaign),
        "lines": [
            Line(one, ballots.code_with(one, key), fates[one.pk], named[one.pk])
            for one in found
            if key is not None
        ],
        "knows_voter": voter is not None,
        "titles": _titles(campaign),
    }
    return render(request, "public/my_ballots.html", context)


def _voter(request: HttpRequest, campaign: Campaign) -> bytes | None:
    """The reference of the account that looks; None: nobody, or nobody can tell any more."""
    if not isinstance(request.user, Account):
        return None
    voucher = access.voucher(request.user, campaigns.rulebook_of(campaign).ballot)
    secret = ballots.secret(campaign.pk) if voucher else None
    if voucher is None or secret is None:
        return None
    return secrets.voter(secret, provider=voucher.provider, subject=voucher.subject)


def _named(campaign: Campaign, found: Iterable[Ballot]) -> dict[int, list[tuple[str, int]]]:
    """The works of ballots by title: those that left the vote as well."""
    votes = {ballot.pk: Counter(ballot.works) for ballot in found}
    numbers = {number for counted in votes.values() for number in counted}
    titles = ballot_paper.titles(campaign, numbers=numbers)
    return {
        pk: [(titles.get(number, ""), times) for number, times in counted.items()]
        for pk, counted in votes.items()
    }


def _titles(campaign: Campaign) -> str:
    """The public titles, for the script that reads a receipt kept on this phone."""
    listed = ballot_paper.all_titles(campaign)
    text = json.dumps({str(number): title for number, title in listed.items()}, ensure_ascii=False)
    return text.replace("<", "\\u003c")
