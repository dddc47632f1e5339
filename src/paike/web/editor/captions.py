"""Captions that the editor prepares for the public."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.web.editor import packages
from paike.web.shared import gate, sent_captions


@require_POST
@gate.open_to(gate.strong)
def create(request: HttpRequest, slug: str, entry_id: UUID) -> HttpResponse:
    """Add captions, or put others in their place."""
    campaign = packages.campaign_of(request, slug)
    sent_captions.put(request, _entry(campaign, entry_id), by=gate.account(request))
    return redirect("publication", campaign.slug, entry_id)


@require_POST
@gate.open_to(gate.strong)
def remove(request: HttpRequest, slug: str, entry_id: UUID) -> HttpResponse:
    campaign = packages.campaign_of(request, slug)
    sent_captions.remove(request, _entry(campaign, entry_id), by=gate.account(request))
    return redirect("publication", campaign.slug, entry_id)


def _entry(campaign: Campaign, entry_id: UUID) -> Entry:
    entry = gate.find(entries.by_id(entry_id))
    return gate.find(entry if entry.campaign_id == campaign.pk else None)
