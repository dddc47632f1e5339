"""The public changes of a call's rulebook."""

from paike.campaigns.models import Amendment, Campaign


def of_campaign(campaign: Campaign) -> list[Amendment]:
    """All amendments, newest first, with their authors."""
    found = Amendment.objects.filter(campaign=campaign).select_related("by")
    return list(found.order_by("-number"))
