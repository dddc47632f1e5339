"""What every act of the review asks first: does a stage of the call allow it now?"""

from datetime import datetime

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.campaigns.rules.collecting import Deed
from paike.kernel.text import Text
from paike.review.rules.refusals import Refusal


class Closed(Refusal):
    """No stage of the call allows the act now."""


def require(campaign: Campaign, deed: Deed, now: datetime) -> None:
    """Raises Closed unless a stage allows `deed` at `now`."""
    if not stages.allows(campaigns.rulebook_of(campaign), deed, now):
        raise Closed(
            Text(
                zh="现在不在可以办理此事的阶段。如需延期，请联系主办方。",
                en="The call is not in a stage for this. Ask the organiser if the stage should be "
                "extended.",
            )
        )
