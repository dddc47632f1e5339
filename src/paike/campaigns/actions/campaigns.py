"""Create a call from a rulebook, and open it: from then on its rulebook is frozen by hash."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.campaigns.events import CampaignOpened
from paike.campaigns.models import Campaign
from paike.campaigns.rules import faults, reading, support
from paike.campaigns.rules import rulebook as rulebooks
from paike.kernel import canonical_json, events
from paike.kernel.text import Text


class SlugTaken(Exception):
    """Another call has this slug."""

    def __init__(self, slug: str) -> None:
        self.text = Text(
            zh=f"已经有名为“{slug}”的活动。请在规则书中换一个 slug。",
            en=f"There is already a call “{slug}”. Choose another slug in the rulebook.",
        )
        super().__init__(self.text.en)


class AlreadyOpen(Exception):
    """An open call can't be opened or replaced; it can only be amended."""

    text = Text(
        zh="活动已经启动，规则已冻结。之后的改动请用“规则修订”。",
        en="The call is open and its rules are frozen. Later changes are amendments.",
    )


class NotSupported(faults.Faulty):
    """The rulebook asks for something this version can't carry out."""


@transaction.atomic
def create(*, source: str, now: datetime) -> Campaign:
    """A call from a rulebook's TOML. Raises Faulty, SlugTaken."""
    rulebook = reading.read(source)
    if Campaign.objects.filter(slug=rulebook.slug).exists():
        raise SlugTaken(rulebook.slug)
    return Campaign.objects.create(
        slug=rulebook.slug,
        rulebook=rulebooks.to_json(rulebook),
        rulebook_hash=rulebooks.digest(rulebook),
        source=source,
        created_at=now,
    )


@transaction.atomic
def replace(*, campaign_id: UUID, source: str, now: datetime) -> Campaign:
    """Another text for a call that is not open yet. Raises Faulty, AlreadyOpen, SlugTaken."""
    campaign = _locked(campaign_id)
    if campaign.opened_at is not None:
        raise AlreadyOpen
    rulebook = reading.read(source)
    if rulebook.slug != campaign.slug:
        raise SlugTaken(rulebook.slug)
    campaign.rulebook = rulebooks.to_json(rulebook)
    campaign.rulebook_hash = rulebooks.digest(rulebook)
    campaign.source = source
    campaign.save(update_fields=["rulebook", "rulebook_hash", "source"])
    return campaign


@transaction.atomic
def open(*, campaign_id: UUID, by: Account | None, now: datetime) -> Campaign:  # noqa: A001 - the word
    """Open the call and freeze its rulebook. Raises AlreadyOpen, NotSupported."""
    campaign = _locked(campaign_id)
    if campaign.opened_at is not None:
        raise AlreadyOpen
    rulebook = reading.from_json(campaign.rulebook)
    missing = support.unsupported(rulebook)
    if missing:
        raise NotSupported(reading.located(campaign.source, missing))
    campaign.opened_at = now
    campaign.opened_by = by
    campaign.frozen_hash = canonical_json.digest(campaign.rulebook)
    campaign.save(update_fields=["opened_at", "opened_by", "frozen_hash"])
    records.write(
        now=now,
        act="campaign.opened",
        thing="campaign",
        thing_id=str(campaign.pk),
        audience=Audience.PUBLIC,
        actor=by,
        role="organiser" if by else "",
        campaign_id=campaign.pk,
        details={"rulebook_hash": campaign.frozen_hash},
    )
    events.publish(CampaignOpened(campaign_id=campaign.pk, at=now))
    return campaign


def _locked(campaign_id: UUID) -> Campaign:
    return Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
