"""Calls and their rulebooks."""

from datetime import datetime
from uuid import UUID

from paike.campaigns.models import Campaign
from paike.campaigns.rules import stages
from paike.campaigns.rules.rulebook import Rulebook


def by_id(campaign_id: UUID) -> Campaign | None:
    return Campaign.objects.filter(pk=campaign_id).first()


def by_slug(slug: str) -> Campaign | None:
    return Campaign.objects.filter(slug=slug).first()


def current() -> Campaign | None:
    """The featured call: the one opened last."""
    return Campaign.objects.filter(opened_at__isnull=False).order_by("-opened_at").first()


def opened() -> list[Campaign]:
    """All opened calls, newest first."""
    return list(Campaign.objects.filter(opened_at__isnull=False).order_by("-opened_at"))


def taking_works(now: datetime) -> Campaign | None:
    """The newest call to which works can be submitted at `now`."""
    return next((one for one in opened() if stages.allows(rulebook_of(one), "submit", now)), None)


def rulebook_of(campaign: Campaign) -> Rulebook:
    """The rulebook in force, amendments included. Parsed once per hash and process."""
    known = _parsed.get(campaign.rulebook_hash)
    if known is None:
        if len(_parsed) >= _KEPT:
            _parsed.clear()
        known = _parsed[campaign.rulebook_hash] = Rulebook.model_validate(campaign.rulebook)
    return known


_KEPT = 64  # rulebooks; a call has one, plus one per amendment
_parsed: dict[str, Rulebook] = {}
