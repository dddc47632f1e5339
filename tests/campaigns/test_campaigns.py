"""Calls are created from a rulebook, opened, and frozen by its hash."""

import pytest

from paike.audit.models import Audience, Record
from paike.campaigns.actions import campaigns
from paike.campaigns.queries import campaigns as queries
from paike.campaigns.rules import faults, stages
from paike.campaigns.rules.collecting import Deed
from tests.factories import campaigns as make

pytestmark = pytest.mark.django_db


def test_opening_freezes_the_hash_and_says_so_in_public() -> None:
    campaign = make.campaign()
    assert campaign.frozen_hash == campaign.rulebook_hash
    record = Record.objects.get(act="campaign.opened")
    assert record.audience == Audience.PUBLIC
    assert record.details == {"rulebook_hash": campaign.rulebook_hash}
    assert queries.current() == campaign
    assert queries.by_slug("party-stories-2021") == campaign


def test_a_call_opens_once() -> None:
    campaign = make.campaign()
    with pytest.raises(campaigns.AlreadyOpen):
        campaigns.open(campaign_id=campaign.pk, by=None, now=make.NOW)


def test_a_slug_is_taken_once() -> None:
    make.campaign(opened=False)
    with pytest.raises(campaigns.SlugTaken):
        make.campaign(opened=False)


def test_what_is_not_carried_out_yet_is_named_and_refused() -> None:
    changed = {'formula = "recommended-and-awarded"': 'formula = "number-and-quality"'}
    campaign = make.campaign(opened=False, replace=changed)
    with pytest.raises(campaigns.NotSupported) as refused:
        campaigns.open(campaign_id=campaign.pk, by=None, now=make.NOW)
    (fault,) = refused.value.faults
    assert fault.key == "organisation_prizes.formula"
    assert fault.line is not None
    assert campaign.source.splitlines()[fault.line - 1] == 'formula = "number-and-quality"'
    assert "暂不支持" in fault.wrong.zh
    assert "not supported yet" in fault.wrong.en


def test_an_unopened_call_may_still_be_replaced() -> None:
    campaign = make.campaign(opened=False)
    again = campaigns.replace(
        campaign_id=campaign.pk, source=campaign.source.replace("#B5261E", "#8A1C16"), now=make.NOW
    )
    assert queries.rulebook_of(again).look.brand == "#8A1C16"
    campaigns.open(campaign_id=campaign.pk, by=None, now=make.NOW)
    with pytest.raises(campaigns.AlreadyOpen):
        campaigns.replace(campaign_id=campaign.pk, source=campaign.source, now=make.NOW)


def test_a_wrong_rulebook_creates_nothing() -> None:
    with pytest.raises(faults.Faulty):
        make.campaign(replace={"votes = 0.3": "votes = 0.4"})
    assert queries.by_slug("party-stories-2021") is None


@pytest.mark.parametrize("deed", ["submit", "vote", "judge", "exhibit"])
def test_the_factory_moves_the_rulebook_around_now(deed: Deed) -> None:
    campaign = make.campaign(deed=deed)
    assert stages.allows(queries.rulebook_of(campaign), deed, make.NOW)
