"""The entrant's own works: the list, one work, and the part of it that renews itself."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from paike.campaigns.queries import campaigns
from paike.entries.queries import entries
from paike.kernel import clock
from paike.web.entrant import likenesses, pages
from paike.web.shared import gate


@gate.open_to(gate.signed_in)
@never_cache
@require_safe
def my_entries(request: HttpRequest) -> HttpResponse:
    """Every work of this account, what state it is in and what comes next."""
    account, open_call = gate.account(request), campaigns.taking_works(clock.now())
    listed = pages.listed(entries.of_owner(owner_id=account.pk))
    context = {
        "works": listed,
        "campaign": open_call or campaigns.current(),
        "takes": open_call is not None,
    }
    return render(request, "entrant/my_entries.html", context)


@gate.open_to(gate.signed_in)
@never_cache
@require_safe
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One work: its form while it may be changed, its road and verdicts always."""
    found = pages.load(entry_id, gate.account(request))
    context = pages.whole(found, clock.now()) | {"likeness_asked": likenesses.asked(found)}
    return render(request, "entrant/entry.html", context)


@gate.open_to(gate.signed_in)
@never_cache
@require_safe
def progress(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The film's state as a fragment; it asks again by itself while something is under way."""
    found = pages.load(entry_id, gate.account(request))
    context = pages.fragment(found, clock.now())
    return render(request, "entrant/film_state.html", context)
