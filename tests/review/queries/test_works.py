"""The funnel counts the bodies of its own call."""

import pytest

from paike.campaigns.queries import campaigns as queries
from paike.kernel import clock
from paike.orgs.models import Level
from paike.orgs.queries import organisations
from paike.review.queries import works
from tests.factories import campaigns, orgs, review

pytestmark = pytest.mark.django_db


def test_bodies_of_other_calls_are_not_in_the_funnel() -> None:
    campaign = campaigns.campaign(now=clock.now(), deed="recommend")
    rulebook = queries.rulebook_of(campaign)
    root = organisations.root() or orgs.tree()
    foreign = orgs.unit(parent=root, level=Level.BODY, code="OTHER")
    lines = works.by_body(campaign)
    assert [line.code for line in lines] == [
        *(body.code for body in rulebook.bodies),
        works.INDIVIDUAL,
    ]
    assert foreign.pk in organisations.foreign_bodies(rulebook)


def test_a_work_of_a_body_that_the_rulebook_no_longer_names_is_still_counted() -> None:
    campaign = campaigns.campaign(now=clock.now(), deed="recommend")
    root = organisations.root() or orgs.tree()
    left = orgs.unit(parent=root, level=Level.BODY, code="LEFT")
    review.waiting(campaign=campaign, unit=left, now=clock.now())
    counted = {line.code: line.counts.get("submitted", 0) for line in works.by_body(campaign)}
    assert counted["LEFT"] == 1
    assert sum(counted.values()) == 1
