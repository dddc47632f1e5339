"""The calls of the house beside the featured one, for the home page."""

from dataclasses import dataclass
from datetime import datetime

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.campaigns.rules.collecting import Stage
from paike.campaigns.rules.parts import Words
from paike.exhibition.rules.look import Look


@dataclass(frozen=True)
class OtherCall:
    """A call in one line: its name, and where it stands."""

    slug: str
    name: Words
    organiser: Words
    brand: str
    stage: Stage | None
    next_stage: Stage | None


def beside(featured: Campaign, now: datetime) -> list[OtherCall]:
    """All opened calls but the featured one, newest first."""
    return [_told(one, now) for one in campaigns.opened() if one.pk != featured.pk]


def _told(campaign: Campaign, now: datetime) -> OtherCall:
    rulebook = campaigns.rulebook_of(campaign)
    return OtherCall(
        slug=campaign.slug,
        name=rulebook.name,
        organiser=rulebook.organiser.name,
        brand=Look(brand=rulebook.look.brand.lower(), accent=rulebook.look.accent.lower()).brand,
        stage=stages.at(rulebook, now),
        next_stage=stages.following(rulebook, now),
    )
