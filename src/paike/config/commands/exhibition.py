"""`paike exhibition build`"""

from argparse import Namespace

from paike.campaigns.queries import campaigns
from paike.config.refusal import refuse
from paike.exhibition.actions import packages
from paike.kernel import clock


def run(arguments: Namespace) -> int:
    """Build the static package of a call into a folder."""
    slug = arguments.campaign
    campaign = campaigns.by_slug(slug) if slug else campaigns.current()
    if campaign is None:
        raise refuse(
            f"没有这次征集：{slug}" if slug else "现在没有进行中的征集，请用 --campaign 指定。",
            f"There is no such call: {slug}" if slug else "No call is open; name one: --campaign.",
        )
    packages.build(
        campaign_id=campaign.pk,
        target=arguments.target,
        address=arguments.address,
        by=None,
        now=clock.now(),
    )
    print(f"{arguments.target}")
    return 0
