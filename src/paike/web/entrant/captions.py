"""Captions for the entrant's film. The buttons stand in the form, whose fields are saved along."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from paike.web.entrant import drafts, pages
from paike.web.shared import gate, sent_captions


@require_POST
@gate.open_to(gate.signed_in)
def create(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Add captions, or put others in their place."""
    account = gate.account(request)
    entry = pages.load(entry_id, account)
    drafts.save_along(request, entry, by=account)
    sent_captions.put(request, entry, by=account)
    return redirect("entry", entry.pk)


@require_POST
@gate.open_to(gate.signed_in)
def remove(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    account = gate.account(request)
    entry = pages.load(entry_id, account)
    drafts.save_along(request, entry, by=account)
    sent_captions.remove(request, entry, by=account)
    return redirect("entry", entry.pk)
