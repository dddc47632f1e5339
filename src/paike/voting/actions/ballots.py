"""Casting a ballot: durable before it is counted, once per period, harmless to retry."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel.text import Text
from paike.voting import access
from paike.voting.models import Ballot, Pick
from paike.voting.queries import ballots, candidates
from paike.voting.rules import grammar


class NotCounted(Exception):
    """The ballot was not taken; `text` tells the voter why and what to do."""

    text: Text

    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text


class Closed(NotCounted):
    """Outside the hours of the vote, by the server's clock on receipt."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "现在不在投票时间内，这张选票没有计入。开放时间见投票页顶部。",
                "The vote isn't open now, so this ballot was not counted. The opening hours are at "
                "the top of the vote page.",
            )
        )


class NotAVoter(NotCounted):
    """The account lacks the confirmed contact that the rulebook asks for."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "投票需要已验证的手机号或邮箱。请先到“我的账号”绑定，您的选择都还在。",
                "Voting needs a confirmed phone or e-mail address. Add one in your account first; "
                "your choices are kept.",
            )
        )


class Invalid(NotCounted):
    """The ballot breaks the rulebook's grammar."""

    def __init__(self, faults: Sequence[grammar.Fault]) -> None:
        super().__init__(
            Text("".join(f.text.zh for f in faults), " ".join(f.text.en for f in faults))
        )
        self.faults = tuple(faults)


class AlreadyVoted(NotCounted):
    """The period's ballots are used up. `next_at`: when one may vote again; None: never."""

    def __init__(self, next_at: datetime | None) -> None:
        super().__init__(
            Text(
                "本时段的选票您已经投过，这一张没有计入，先前的选票有效。",
                "You have voted in this period already. This ballot was not counted; the earlier "
                "one stands.",
            )
        )
        self.next_at = next_at


def cast(
    *, campaign_id: UUID, voter: Account, entry_ids: Sequence[UUID], key: UUID, now: datetime
) -> Ballot:
    """Take a ballot; when this returns, it is on disk.

    `entry_ids` names a work once per vote for it. `key` is made by the voter's page: the same key
    again gives the ballot of the first time, whatever else is sent with it. `now` is the time of
    receipt. Raises Closed, NotAVoter, Invalid, AlreadyVoted.
    """
    with transaction.atomic(durable=True):
        _wait_for_disk()
        return _cast(campaign_id=campaign_id, voter=voter, entry_ids=entry_ids, key=key, now=now)


def _wait_for_disk() -> None:
    """COMMIT answers only after the write-ahead log is flushed, whatever the server's default."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', 'on', true)")
        (mode,) = cursor.fetchone()
    if mode != "on":
        raise RuntimeError("The database would answer before a ballot is on disk.")


def _cast(
    *, campaign_id: UUID, voter: Account, entry_ids: Sequence[UUID], key: UUID, now: datetime
) -> Ballot:
    # One voter's ballots stand in line, so that the second of two taps sees the first. The unique
    # constraint would refuse it anyway; the lock makes the refusal a sentence.
    Account.objects.select_for_update(no_key=True).get(id=voter.id)
    known = Ballot.objects.filter(voter=voter, key=key).first()
    if known is not None:
        return known
    campaign = Campaign.objects.get(id=campaign_id)
    rulebook = campaigns.rulebook_of(campaign)
    if not stages.allows(rulebook, "vote", now):
        raise Closed
    if not access.may_vote(voter, rulebook.ballot):
        raise NotAVoter
    slot = grammar.slot(rulebook.ballot, now=now, zone=rulebook.timezone)
    earlier = ballots.in_period(campaign_id=campaign_id, voter=voter, period=slot.name)
    if len(earlier) >= rulebook.ballot.ballots_per_period:
        raise AlreadyVoted(slot.next_at)
    _check(entry_ids, earlier=earlier, rulebook=rulebook, campaign_id=campaign_id)
    ballot = Ballot.objects.create(
        campaign=campaign,
        voter=voter,
        period=slot.name,
        ordinal=len(earlier) + 1,
        key=key,
        cast_at=now,
    )
    Pick.objects.bulk_create(
        Pick(ballot=ballot, entry_id=entry, times=times)
        for entry, times in Counter(entry_ids).items()
    )
    return ballot


def _check(
    entry_ids: Sequence[UUID], *, earlier: list[Ballot], rulebook: Rulebook, campaign_id: UUID
) -> None:
    faults = grammar.faults(
        [str(entry) for entry in entry_ids],
        rule=rulebook.ballot,
        candidates={str(entry) for entry in candidates.ids(campaign_id)},
        already=ballots.votes_in(earlier),
    )
    if faults:
        raise Invalid(faults)
