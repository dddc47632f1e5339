"""The call an address names."""

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.web.shared import gate


def find(slug: str) -> Campaign:
    """An opened call, or the 404 page."""
    campaign = gate.find(campaigns.by_slug(slug))
    return gate.find(campaign if campaign.opened_at else None)
