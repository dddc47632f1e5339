"""Change an open call's rulebook: in public, with a reason, numbered, never in silence."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.campaigns import ports
from paike.campaigns.actions.campaigns import NotSupported
from paike.campaigns.events import RulebookAmended
from paike.campaigns.models import Amendment, Campaign
from paike.campaigns.rules import amending, differences, reading, support
from paike.campaigns.rules import rulebook as rulebooks
from paike.kernel import events
from paike.kernel.text import Text


class NotOpen(Exception):
    """A call that is not open has nothing to amend: replace its rulebook instead."""

    text = Text(
        zh="活动尚未启动，可以直接替换规则书，不需要修订。",
        en="The call is not open yet: replace its rulebook, no amendment is needed.",
    )


class NoReason(Exception):
    text = Text(
        zh="请写明修订的理由，理由会向公众公布。",
        en="Say why the rules change; the reason is published.",
    )


class NothingChanged(Exception):
    text = Text(zh="与现行规则相比没有任何改动。", en="Nothing differs from the rules in force.")


class Outdated(Exception):
    """The rulebook was amended by somebody else in the meantime."""

    text = Text(
        zh="规则刚刚被另一位同事修订过。请查看最新规则后再改。",
        en="A colleague has just amended the rules. Look at them again before you change them.",
    )


class Forbidden(Exception):
    """These keys can't change any more. `keys` names them."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self.keys = keys
        named = ", ".join(keys)
        self.text = Text(
            zh=f"以下规则已不能修订：{named}。入围名单确定后，投票规则已写入公开日志；投票开始后，"
            "评审与奖项规则也不得更改。",
            en=f"These rules can't change any more: {named}. Once the shortlist is sealed, the rules "
            "of the vote stand in the public log; once voting has begun, those of jury and prizes "
            "stand as well.",
        )
        super().__init__(self.text.en)


class NoSuchStage(Exception):
    def __init__(self, key: str) -> None:
        self.text = Text(zh=f"没有“{key}”这个阶段。", en=f"There is no stage “{key}”.")
        super().__init__(self.text.en)


class NotLater(Exception):
    """A stage can only be made longer, and never up to a moment that has passed."""

    text = Text(
        zh="新的结束时间要晚于原定时间，也要晚于现在。",
        en="The new end must be later than the end in force, and later than now.",
    )


@transaction.atomic
def amend(
    *,
    campaign_id: UUID,
    rulebook: rulebooks.Rulebook,
    based_on: str,
    reason: str,
    by: Account,
    now: datetime,
) -> Amendment:
    """Put `rulebook` into force. `based_on` is the hash of the rules its author looked at.

    Raises NotOpen, NoReason, NothingChanged, Outdated, Forbidden, NotSupported, Faulty.
    """
    campaign = _locked(campaign_id)
    if campaign.rulebook_hash != based_on:
        raise Outdated
    return _put_into_force(
        campaign, rulebook, reason=reason, by=by, now=now, act="rulebook.amended"
    )


@transaction.atomic
def extend_stage(
    *,
    campaign_id: UUID,
    stage: str,
    new_end: datetime,
    reason: str,
    by: Account,
    now: datetime,
) -> Amendment:
    """Let a stage end later. Raises NotOpen, NoReason, NoSuchStage, NotLater, Forbidden, Faulty
    (where the longer stage breaks another rule, such as submission while votes are cast)."""
    campaign = _locked(campaign_id)
    before = reading.from_json(campaign.rulebook)
    found = next((one for one in before.stages if one.key == stage), None)
    if found is None:
        raise NoSuchStage(stage)
    if new_end <= found.end or new_end <= now:
        raise NotLater
    after = amending.extended(before, stage, new_end.astimezone(found.end.tzinfo))
    return _put_into_force(campaign, after, reason=reason, by=by, now=now, act="rulebook.extended")


def _locked(campaign_id: UUID) -> Campaign:
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    if campaign.opened_at is None:
        raise NotOpen
    return campaign


def _put_into_force(
    campaign: Campaign,
    rulebook: rulebooks.Rulebook,
    *,
    reason: str,
    by: Account,
    now: datetime,
    act: str,
) -> Amendment:
    changes = _permitted(campaign, rulebook, now)
    if not reason.strip():
        raise NoReason
    amendment = Amendment.objects.create(
        campaign=campaign,
        number=campaign.amendments.count() + 1,
        reason=reason.strip(),
        by=by,
        at=now,
        before_hash=campaign.rulebook_hash,
        after_hash=rulebooks.digest(rulebook),
        difference=changes,
    )
    campaign.rulebook = rulebooks.to_json(rulebook)
    campaign.rulebook_hash = amendment.after_hash
    campaign.save(update_fields=["rulebook", "rulebook_hash"])
    _tell(amendment, changes, act=act)
    return amendment


def _permitted(
    campaign: Campaign, rulebook: rulebooks.Rulebook, now: datetime
) -> list[differences.Difference]:
    before = reading.from_json(campaign.rulebook)
    changes = differences.between(before, rulebook)
    if not changes:
        raise NothingChanged
    stated = ports.is_vote_stated(campaign.pk)
    keys = amending.forbidden(before, changes, now, vote_stated=stated)
    if keys:
        raise Forbidden(keys)
    reading.from_json(rulebooks.to_json(rulebook))
    missing = support.unsupported(rulebook)
    if missing:
        raise NotSupported(reading.located("", missing))
    return changes


def _tell(amendment: Amendment, changes: list[differences.Difference], *, act: str) -> None:
    records.write(
        now=amendment.at,
        act=act,
        thing="campaign",
        thing_id=str(amendment.campaign_id),
        audience=Audience.PUBLIC,
        actor=amendment.by,
        role="organiser",
        campaign_id=amendment.campaign_id,
        details={
            "number": amendment.number,
            "reason": amendment.reason,
            "difference": changes,
            "after_hash": amendment.after_hash,
        },
    )
    events.publish(
        RulebookAmended(
            campaign_id=amendment.campaign_id,
            number=amendment.number,
            keys=tuple(one["key"] for one in changes),
            at=amendment.at,
        )
    )
