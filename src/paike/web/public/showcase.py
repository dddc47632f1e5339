"""The works a call shows on its own page: the winners once there are any, else what is published."""

from paike.awards.models import Result
from paike.awards.queries import results
from paike.campaigns.models import Campaign
from paike.campaigns.rules.rulebook import Rulebook
from paike.exhibition.queries import publications
from paike.web.shared import cards, media_links

SHOWN = 9  # one that leads, and rows of two and four below it


def works(campaign: Campaign, rulebook: Rulebook, result: Result | None) -> list[cards.WorkCard]:
    """The best first, with their level; before the result the newest publications."""
    if result is None:
        newest = publications.shown(campaign_id=campaign.pk, limit=SHOWN)
        return [_card(campaign, one) for one in newest]
    levels = {rung.key: rung.name for rung in rulebook.ladder}
    given = results.awards(result)
    shown = {
        one.entry_id: one
        for one in publications.shown(
            campaign_id=campaign.pk, entry_ids=[award.entry_id for award in given]
        )
    }
    winners = [award for award in given if award.entry_id in shown][:SHOWN]
    return [
        _card(
            campaign,
            shown[award.entry_id],
            cards.Chip(levels[award.level], "award", "award") if award.level in levels else None,
        )
        for award in winners
    ]


def _card(
    campaign: Campaign, one: publications.Shown, chip: cards.Chip | None = None
) -> cards.WorkCard:
    return cards.WorkCard(
        title=one.title,
        url=f"/c/{campaign.slug}/works/{one.entry_id}/",
        poster=media_links.poster(one.poster),
        theme=one.theme or "",
        credit=one.credit,
        chip=chip,
    )
