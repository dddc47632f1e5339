from datetime import datetime

import pytest

from paike.campaigns.models import Campaign
from paike.entries.actions import withdrawals
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.review.actions import decisions
from paike.review.queries import referrals, states
from paike.review.queries.states import EntryState
from paike.review.rules.states import StateKey
from paike.web.shared import road
from paike.web.shared.cards import Station
from tests.factories import accounts, campaigns, orgs, review

pytestmark = pytest.mark.django_db


def stations(entry: Entry, now: datetime) -> dict[str, Station]:
    found = entries.by_id(entry.pk)
    assert found is not None
    return {station.key: station for station in road.of_entry(found, now)}


def states_of(found: dict[str, Station]) -> list[str]:
    return [station.state for station in found.values()]


def test_a_draft_has_everything_ahead() -> None:
    campaign = campaigns.campaign()
    now = review.moment(campaign, "submit")
    draft = Entry.objects.create(
        campaign=campaign, owner=accounts.account(), created_at=now, updated_at=now
    )
    found = stations(draft, now)
    assert found["form"].state == "now"
    assert set(states_of(found)[1:]) == {"ahead"}


def test_the_road_shows_who_decided_for_which_unit_and_never_a_name() -> None:
    campaign = campaigns.campaign()
    base, _, _, body = orgs.branch()
    clerk = orgs.clerk(base)
    referral = review.waiting(campaign=campaign, unit=base)
    now = review.moment(campaign, "review")
    assert stations(referral.entry, now)[base.code].state == "now"
    decisions.decide(referral_id=referral.pk, outcome="accept", by=clerk, now=now)
    found = stations(referral.entry, now)
    assert found[base.code].state == "done"
    assert base.short_name in str(found[base.code].by)
    assert found[body.code].state == "now"
    assert clerk.display_name not in repr(found)


def test_a_return_stops_the_road_with_its_reason() -> None:
    campaign = campaigns.campaign()
    referral = review.waiting(campaign=campaign, unit=orgs.body())
    now = review.moment(campaign, "review")
    decisions.decide(
        referral_id=referral.pk,
        outcome="return",
        reason="请补字幕",
        by=review.clerk_of(referral.unit),
        now=now,
    )
    stop = stations(referral.entry, now)["GD"]
    assert (stop.state, stop.note) == ("stopped", "请补字幕")


@pytest.fixture
def campaign() -> Campaign:
    return review.small_call(6)


def test_a_shortlisted_work_goes_to_the_vote(campaign: Campaign) -> None:
    review.shortlist(campaign=campaign)
    entry = review.shortlisted(campaign=campaign)[0]
    found = stations(entry, review.moment(campaign, "vote"))
    assert found["list"].state == "done"
    assert found["shortlist"].state == "done"
    assert found["vote"].state == "now"
    late = stations(entry, review.moment(campaign, "exhibit"))
    assert late["vote"].state == "done"


def test_a_withdrawn_work_ends_where_it_left(campaign: Campaign) -> None:
    entry = review.waiting(campaign=campaign).entry
    now = review.moment(campaign, "review")
    withdrawals.withdraw(entry=entry, by=entry.owner, now=now)
    found = stations(entry, now)
    assert list(found)[-1] == "end"
    assert found["end"].state == "stopped"
    assert referrals.latest(entry_id=entry.pk).closed_at is not None  # type: ignore[union-attr]


def test_entrants_do_not_learn_of_a_list_before_it_is_submitted(campaign: Campaign) -> None:
    kept = review.recommendation_list(campaign=campaign, ranked=3, submitted=False)
    entry = kept.recommendations.first().entry  # type: ignore[union-attr]
    state: EntryState = states.of_entries([entry.pk])[entry.pk]
    assert state.key is StateKey.LISTED
    assert road.chip(state) == road.CHIPS[StateKey.ACCEPTED]
    assert road.chip(state, inside=True) == road.CHIPS[StateKey.LISTED]


def test_every_state_has_a_chip() -> None:
    assert set(road.CHIPS) == set(StateKey)
