"""The committee's vote on a tie that nothing else broke."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.awards.models import CommitteeBallot
from paike.awards.queries import drafts, results
from paike.campaigns.models import Campaign
from paike.kernel.text import Text


class NotATie(Exception):
    """The works given are not exactly those of an unbroken tie."""

    text = Text(
        "表决须包含并列的全部作品，每部一次。请刷新后重新排序。",
        "A ballot orders exactly the works that are tied, each once. Reload and order them again.",
    )


class TooEarly(Exception):
    """Votes or marks may still come: the committee must not decide about a tie in passing."""

    text = Text(
        "投票和评审都结束后，才能表决并列的作品。",
        "The committee votes on a tie once the vote and the marking are over.",
    )


class MinutesNeeded(Exception):
    text = Text(
        "请写明表决记录（时间、参加人数、票数），将随结果公开。",
        "Write the minutes (when, how many took part, the votes); they are published with the "
        "result.",
    )


class Published(Exception):
    text = Text("结果已经公布，不能再改。", "The result is published and can't be changed.")


@transaction.atomic
def record(
    *, campaign_id: UUID, order: Sequence[UUID], minutes: str, by: Account, now: datetime
) -> CommitteeBallot:
    """Write down how the committee ordered the works of one tie, best first.

    Raises NotATie, TooEarly, MinutesNeeded, Published.
    """
    campaign = Campaign.objects.select_for_update(no_key=True).get(id=campaign_id)
    if results.of_campaign(campaign_id) is not None:
        raise Published
    if not minutes.strip():
        raise MinutesNeeded
    given = [str(entry) for entry in order]
    draft = drafts.of_campaign(campaign, now=now)
    if not draft.is_settled:
        raise TooEarly
    ties = [{place.id, *place.tied_with} for place in draft.outcome.places if place.tied_with]
    if set(given) not in ties or len(given) != len(set(given)):
        raise NotATie
    ballot = CommitteeBallot.objects.create(
        campaign=campaign, order=given, minutes=minutes.strip(), by=by, at=now
    )
    records.write(
        now=now,
        act="committee.voted",
        thing="committee_ballot",
        thing_id=ballot.pk,
        audience=Audience.PUBLIC,
        actor=by,
        role="organiser",
        campaign_id=campaign_id,
        details={"order": given, "minutes": ballot.minutes},
    )
    return ballot
