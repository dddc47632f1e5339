"""The paper of a recommendation list credits every unit that sent the work."""

import pytest

from paike.entries.actions import mergers
from paike.kernel import clock
from paike.web.clerk import papers
from tests.factories import orgs, review

pytestmark = pytest.mark.django_db


def test_both_units_stand_on_the_paper() -> None:
    call = review.small_call(now=clock.now())
    listed = review.recommendation_list(campaign=call, ranked=3)
    stays = listed.recommendations.order_by("rank")[0].entry
    leaves = review.waiting(campaign=call, unit=orgs.unit()).entry
    mergers.merge(entry=leaves, into=stays, by=orgs.organiser(), reason="同一部", now=clock.now())
    assert leaves.unit is not None
    row = papers._data(listed)["ranked"][0]
    assert row["credit"].endswith(f"（同时报送：{leaves.unit.name}）")
    assert papers.pdf(listed).startswith(b"%PDF")
