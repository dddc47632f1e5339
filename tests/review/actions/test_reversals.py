from datetime import datetime, timedelta

import pytest

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns as campaign_queries
from paike.campaigns.rules import stages
from paike.orgs.models import Membership
from paike.review.actions import decisions, recommendation_lists, reversals, stage_checks
from paike.review.models import Decision, Referral
from paike.review.queries import recommendation_lists as lists
from paike.review.queries import referrals, states
from paike.review.rules.states import StateKey
from tests.factories import campaigns, orgs, review

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return campaigns.campaign()


@pytest.fixture
def now(campaign: Campaign) -> datetime:
    return review.moment(campaign, "recommend")


def decided(campaign: Campaign, now: datetime, outcome: str = "accept") -> Decision:
    referral: Referral = review.waiting(campaign=campaign, unit=orgs.body())
    by = review.clerk_of(referral.unit)
    return decisions.decide(referral_id=referral.pk, outcome=outcome, reason="说明", by=by, now=now)


@pytest.mark.parametrize("outcome", ["accept", "decline"])
def test_taken_back_the_work_waits_again(campaign: Campaign, now: datetime, outcome: str) -> None:
    made = decided(campaign, now, outcome)
    entry_id = made.referral.entry_id
    again = reversals.take_back(decision_id=made.pk, by=made.by, now=now + timedelta(minutes=1))
    assert again.unit_id == made.referral.unit_id
    assert states.of_entries([entry_id])[entry_id].key is StateKey.WAITING
    decisions.decide(referral_id=again.pk, outcome="accept", by=made.by, now=now)


def test_the_next_units_queue_is_empty_again(campaign: Campaign, now: datetime) -> None:
    base, _, _, body = orgs.branch()
    clerk: Account = orgs.clerk(base)
    referral = review.waiting(campaign=campaign, unit=base)
    made = decisions.decide(referral_id=referral.pk, outcome="accept", by=clerk, now=now)
    assert referrals.waiting(unit_id=body.pk, campaign_id=campaign.pk).count() == 1
    reversals.take_back(decision_id=made.pk, by=clerk, now=now)
    assert referrals.waiting(unit_id=body.pk, campaign_id=campaign.pk).count() == 0
    assert referrals.waiting(unit_id=base.pk, campaign_id=campaign.pk).count() == 1


def test_not_after_ten_minutes_by_others_or_twice(campaign: Campaign, now: datetime) -> None:
    made = decided(campaign, now)
    late = now + timedelta(minutes=10)
    for by, when in ((made.by, late), (orgs.clerk(orgs.body()), now)):
        with pytest.raises(reversals.TooLate):
            reversals.take_back(decision_id=made.pk, by=by, now=when)
    reversals.take_back(decision_id=made.pk, by=made.by, now=now)
    with pytest.raises(reversals.TooLate):
        reversals.take_back(decision_id=made.pk, by=made.by, now=now)


def test_not_a_return_nor_once_somebody_acted(campaign: Campaign, now: datetime) -> None:
    back = decided(campaign, now, "return")
    with pytest.raises(reversals.TooLate):
        reversals.take_back(decision_id=back.pk, by=back.by, now=now)
    made = decided(campaign, now)
    kept = lists.of_body(campaign_id=campaign.pk, body_id=orgs.body().pk)
    assert kept is not None
    recommendation_lists.add(list_id=kept.pk, entry_id=made.referral.entry_id, by=made.by, now=now)
    with pytest.raises(reversals.TooLate):
        reversals.take_back(decision_id=made.pk, by=made.by, now=now)


def test_not_when_nobody_could_decide_anew(campaign: Campaign) -> None:
    window = stages.window(campaign_queries.rulebook_of(campaign), "review")
    assert window is not None
    made = decided(campaign, window.end - timedelta(minutes=1))
    with pytest.raises(stage_checks.Closed):
        reversals.take_back(decision_id=made.pk, by=made.by, now=window.end)


def test_not_by_somebody_who_no_longer_serves(campaign: Campaign, now: datetime) -> None:
    made = decided(campaign, now)
    Membership.objects.filter(account=made.by).update(ended_at=now)
    with pytest.raises(reversals.TooLate):
        reversals.take_back(decision_id=made.pk, by=made.by, now=now)
