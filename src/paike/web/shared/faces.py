"""How a call shows itself on every page: name, colours, who runs it."""

from dataclasses import dataclass, field
from typing import Any

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.exhibition.rules.look import Look


@dataclass(frozen=True)
class Face:
    """`name`, `organiser` and `undertaker` are the rulebook's Words, None before any call."""

    look: Look = field(default_factory=Look)
    slug: str = ""
    name: Any = None
    organiser: Any = None
    undertaker: Any = None


def featured() -> Face:
    """The face of the featured call."""
    return of(campaigns.current())


def of(campaign: Campaign | None) -> Face:
    """The face of a call; the house's own before there is any."""
    if campaign is None:
        return Face()
    rulebook = campaigns.rulebook_of(campaign)
    return Face(
        look=Look(brand=rulebook.look.brand.lower(), accent=rulebook.look.accent.lower()),
        slug=campaign.slug,
        name=rulebook.name,
        organiser=rulebook.organiser.name,
        undertaker=rulebook.undertaker.name,
    )
