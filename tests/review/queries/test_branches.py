import pytest

from paike.campaigns.queries import campaigns
from paike.entries.actions import entries as drafts
from paike.review.queries import branches
from tests.factories import accounts, entries, orgs, review

pytestmark = pytest.mark.django_db


def test_a_units_figures_count_its_branch_and_nothing_else() -> None:
    campaign = review.small_call()
    unit, district, _city, body = orgs.branch()
    orgs.clerk(unit)
    review.waiting(campaign=campaign, unit=unit)
    entries.draft(campaign=campaign, unit=unit)
    low = branches.figures(campaign_id=campaign.pk, unit=unit)
    assert (low.people, low.drafts, low.submitted, low.waiting) == (2, 1, 1, 1)
    assert low.recommended == 0
    assert branches.figures(campaign_id=campaign.pk, unit=district) == low
    assert branches.figures(campaign_id=campaign.pk, unit=body) == low
    elsewhere = branches.figures(campaign_id=campaign.pk, unit=orgs.body("BJ"))
    assert elsewhere.people == 0


def test_who_came_by_the_link_counts_for_its_unit_wherever_the_work_goes() -> None:
    campaign = review.small_call()
    unit, _district, _city, body = orgs.branch()
    now = campaigns.rulebook_of(campaign).stages[0].start
    person, other = accounts.account(now=now), accounts.account(now=now)
    entry = drafts.begin(campaign=campaign, owner=person, unit=unit, now=now)
    drafts.begin(campaign=campaign, owner=person, unit=unit, now=now)
    drafts.begin(campaign=campaign, owner=other, now=now)
    entry.unit = None
    entry.save(update_fields=["unit"])
    assert branches.figures(campaign_id=campaign.pk, unit=unit).invited == 1
    assert branches.figures(campaign_id=campaign.pk, unit=body).invited == 1
    assert branches.figures(campaign_id=campaign.pk, unit=orgs.body("BJ")).invited == 0
