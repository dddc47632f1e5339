import pytest

from paike.review.queries import branches
from tests.factories import entries, orgs, review

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
