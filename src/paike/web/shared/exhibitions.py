"""Where the public finds the exhibition of a call."""

from paike.campaigns.models import Campaign
from paike.exhibition.actions import builds
from paike.exhibition.queries import packages
from paike.kernel import clock


def address(campaign: Campaign) -> str:
    """The exhibition that this installation shows (`web.media.exhibitions`); empty before it is
    built and after its term."""
    package = packages.online(campaign_id=campaign.pk)
    if package is None or package.expires_at is None or clock.now() >= package.expires_at:
        return ""
    return builds.path_of(campaign.slug)
