import threading
from datetime import timedelta

import pytest
from django.db import connection

from paike.audit.models import Record
from paike.entries.models import Reopening
from paike.notify.models import Message
from paike.review.actions import decisions, referrals, stage_checks
from paike.review.models import Decision, RecommendationList, Referral
from paike.review.queries import referrals as queries
from paike.review.queries import states
from paike.review.rules import deciding
from paike.review.rules.states import StateKey
from tests.factories import campaigns, orgs, review

pytestmark = pytest.mark.django_db


def test_a_work_climbs_unit_by_unit_and_becomes_a_candidate() -> None:
    campaign = campaigns.campaign()
    base, _, city, body = orgs.branch()
    clerks = {unit.pk: orgs.clerk(unit) for unit in (base, city)}
    orgs.clerk(body)
    now = review.moment(campaign, "review")
    referral = review.waiting(campaign=campaign, unit=base)
    entry = referral.entry
    assert referral.unit_id == base.pk

    decisions.decide(referral_id=referral.pk, outcome="accept", by=clerks[base.pk], now=now)
    second = queries.latest(entry_id=entry.pk)
    assert second is not None
    assert second.unit_id == city.pk  # the district has no clerk

    decisions.decide(referral_id=second.pk, outcome="accept", by=clerks[city.pk], now=now)
    third = queries.latest(entry_id=entry.pk)
    assert third is not None
    assert third.unit_id == body.pk

    decisions.decide(referral_id=third.pk, outcome="accept", by=review.clerk_of(body), now=now)
    assert states.of_entries([entry.pk])[entry.pk].key is StateKey.ACCEPTED
    assert RecommendationList.objects.filter(campaign=campaign, body=body).exists()
    acts = Record.objects.filter(entry_id=entry.pk).order_by("at").values_list("act", flat=True)
    assert list(acts).count("referral.accepted") == 3
    subjects = Message.objects.filter(recipient=entry.owner).values_list("subject", flat=True)
    assert len(subjects) == 3
    assert all(name not in " ".join(subjects) for name in ("同事",))


def test_an_individual_work_waits_at_the_undertakers_desk() -> None:
    campaign = campaigns.campaign()
    entry = review.accepted(campaign=campaign)
    state = states.of_entries([entry.pk])[entry.pk]
    assert state.key is StateKey.ACCEPTED
    assert state.unit is not None
    assert state.unit.code == "UNDERTAKER"


def test_a_returned_work_comes_back_to_the_unit_that_returned_it() -> None:
    campaign = campaigns.campaign()
    base, _, city, _ = orgs.branch()
    orgs.clerk(base)
    clerk = orgs.clerk(city)
    now = review.moment(campaign, "review")
    referral = review.waiting(campaign=campaign, unit=base)
    decisions.decide(referral_id=referral.pk, outcome="accept", by=review.clerk_of(base), now=now)
    at_city = queries.latest(entry_id=referral.entry_id)
    assert at_city is not None
    decisions.decide(
        referral_id=at_city.pk, outcome="return", reason="片头没有作者姓名", by=clerk, now=now
    )
    assert Reopening.objects.filter(version=referral.version).exists()
    message = Message.objects.filter(recipient=referral.entry.owner).latest("created_at")
    assert "片头没有作者姓名" in Message.objects.get(pk=message.pk).body + "".join(
        Message.objects.values_list("body", flat=True)
    )
    state = states.of_entries([referral.entry_id])[referral.entry_id]
    assert state.key is StateKey.RETURNED

    again = review.version(campaign=campaign, entry=referral.entry, now=now + timedelta(hours=1))
    opened = referrals.open_first(version_id=again.pk, now=now + timedelta(hours=1))
    assert opened is not None
    assert opened.unit_id == city.pk


def test_a_newer_version_closes_what_is_open() -> None:
    campaign = campaigns.campaign()
    first = review.waiting(campaign=campaign, unit=orgs.body())
    newer = review.version(campaign=campaign, entry=first.entry)
    second = referrals.open_first(version_id=newer.pk, now=newer.submitted_at)
    assert second is not None
    first.refresh_from_db()
    assert first.closed_at is not None
    assert Referral.objects.filter(entry=first.entry, closed_at__isnull=True).count() == 1
    assert referrals.open_first(version_id=newer.pk, now=newer.submitted_at) == second


def test_nothing_is_decided_while_a_newer_version_is_inspected() -> None:
    campaign = campaigns.campaign()
    referral = review.waiting(campaign=campaign, unit=orgs.body())
    review.version(campaign=campaign, entry=referral.entry, cleared=False)
    with pytest.raises(decisions.Superseded):
        decisions.decide(
            referral_id=referral.pk,
            outcome="accept",
            by=review.clerk_of(referral.unit),
            now=review.moment(campaign, "review"),
        )


@pytest.mark.parametrize("outcome", ["return", "decline"])
def test_a_no_needs_a_reason(outcome: str) -> None:
    campaign = campaigns.campaign()
    referral = review.waiting(campaign=campaign, unit=orgs.body())
    with pytest.raises(deciding.ReasonMissing):
        decisions.decide(
            referral_id=referral.pk,
            outcome=outcome,
            by=review.clerk_of(referral.unit),
            now=review.moment(campaign, "review"),
        )
    assert not Decision.objects.exists()


def test_only_a_clerk_of_exactly_that_unit_decides() -> None:
    campaign = campaigns.campaign()
    base, _, city, body = orgs.branch()
    orgs.clerk(base)
    referral = review.waiting(campaign=campaign, unit=base)
    for other in (orgs.clerk(city), orgs.clerk(body), orgs.organiser(), orgs.editor()):
        with pytest.raises(decisions.NotYours):
            decisions.decide(
                referral_id=referral.pk,
                outcome="accept",
                by=other,
                now=review.moment(campaign, "review"),
            )


def test_no_decision_outside_the_stage() -> None:
    campaign = campaigns.campaign()
    referral = review.waiting(campaign=campaign, unit=orgs.body())
    with pytest.raises(stage_checks.Closed):
        decisions.decide(
            referral_id=referral.pk,
            outcome="accept",
            by=review.clerk_of(referral.unit),
            now=review.moment(campaign, "exhibit"),
        )


def test_the_second_of_two_clerks_is_told_who_decided_what() -> None:
    campaign = campaigns.campaign()
    body = orgs.body()
    first, second = orgs.clerk(body), orgs.clerk(body)
    referral = review.waiting(campaign=campaign, unit=body)
    now = review.moment(campaign, "review")
    decisions.decide(referral_id=referral.pk, outcome="accept", by=first, now=now)
    with pytest.raises(decisions.AlreadyDecided) as refused:
        decisions.decide(
            referral_id=referral.pk, outcome="decline", reason="不合适", by=second, now=now
        )
    assert first.display_name in refused.value.text.zh
    assert "已通过" in refused.value.text.zh


def test_clerks_hear_once_when_work_begins_to_wait() -> None:
    campaign = campaigns.campaign()
    clerk = orgs.clerk(orgs.body())
    for _ in range(3):
        review.waiting(campaign=campaign, unit=orgs.body())
    assert Message.objects.filter(recipient=clerk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_at_once_one_wins() -> None:
    campaign = campaigns.campaign()
    body = orgs.body()
    clerks = [orgs.clerk(body) for _ in range(6)]
    referral = review.waiting(campaign=campaign, unit=body)
    now = review.moment(campaign, "review")
    outcomes: list[str] = []
    together = threading.Barrier(len(clerks))

    def decide(number: int) -> None:
        together.wait()
        try:
            decisions.decide(
                referral_id=referral.pk,
                outcome="accept" if number % 2 else "decline",
                reason="画面不清",
                by=clerks[number],
                now=now,
            )
            outcomes.append("won")
        except decisions.AlreadyDecided:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(n,)) for n in range(len(clerks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["late"] * 5 + ["won"]
    assert Decision.objects.count() == 1
