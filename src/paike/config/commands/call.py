"""`paike call open|list`: a call begins with its rulebook."""

from argparse import Namespace
from pathlib import Path

from django.db import transaction

from paike.campaigns.actions import campaigns as actions
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import reading
from paike.campaigns.rules.rulebook import Rulebook
from paike.config import options
from paike.kernel import clock
from paike.orgs.actions import organisations


def run(arguments: Namespace) -> int:
    """Open a call from a rulebook, or list the calls."""
    if arguments.action == "list":
        for campaign in campaigns.opened():
            print(
                f"{campaign.slug}\t{campaigns.rulebook_of(campaign).name.zh}\t{campaign.rulebook_hash}"
            )
        return 0
    rulebook = _open(arguments.file)
    print(
        f"“{rulebook.name.zh}”已启动，规则已冻结。下一步：paike staff invite --role organiser\n"
        f"“{rulebook.name.en}” is open, its rules are frozen. Next: paike staff invite --role organiser\n"
        f"{options.read('PAIKE_URL').rstrip('/')}/c/{rulebook.slug}/"
    )
    return 0


@transaction.atomic
def _open(path: Path) -> Rulebook:
    """The call, its organisations and its opening: all or nothing."""
    now = clock.now()
    campaign = actions.create(source=reading.decoded(path.read_bytes()), now=now)
    rulebook = campaigns.rulebook_of(campaign)
    organisations.plant(rulebook=rulebook, now=now)
    actions.open(campaign_id=campaign.pk, by=None, now=now)
    return rulebook
