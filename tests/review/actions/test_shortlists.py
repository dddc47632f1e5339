import threading
from datetime import datetime

import pytest
from django.db import connection, transaction

from paike.accounts.models import Account
from paike.audit.models import Audience, Record
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns as campaign_queries
from paike.entries.actions import disqualifications
from paike.kernel import events
from paike.notify.models import Message
from paike.review.actions import shortlists, stage_checks
from paike.review.events import ShortlistSealed
from paike.review.queries import shortlists as queries
from paike.review.queries import states
from paike.review.rules.states import StateKey
from tests.factories import orgs, review

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return review.small_call(6)


@pytest.fixture
def now(campaign: Campaign) -> datetime:
    return review.moment(campaign, "shortlist")


@pytest.fixture
def organiser() -> Account:
    return orgs.organiser()


def test_a_full_shortlist_is_sealed_in_public(
    campaign: Campaign, organiser: Account, now: datetime
) -> None:
    heard: list[ShortlistSealed] = []
    events.listen(ShortlistSealed, heard.append)
    made = review.shortlist(campaign=campaign, individuals=1)
    assert made.sealed_at == now
    assert len(queries.sealed_ids(campaign_id=campaign.pk)) == 6
    assert heard[-1].shortlist_id == made.pk
    record = Record.objects.get(act="shortlist.sealed")
    assert record.audience == Audience.PUBLIC
    assert record.details["reason"] == "评选会议一致通过。"
    entry = review.shortlisted(campaign=campaign)[0]
    assert states.of_entries([entry.pk])[entry.pk].key is StateKey.SHORTLISTED
    assert Message.objects.filter(recipient=entry.owner, subject__contains="入围").exists()


def test_who_could_have_been_chosen_and_was_not_is_told(
    campaign: Campaign, organiser: Account, now: datetime
) -> None:
    left = review.accepted(campaign=campaign)
    review.shortlist(campaign=campaign)
    told = Message.objects.get(kind="shortlist.not-chosen")
    assert told.recipient_id == left.owner_id
    assert Message.objects.filter(kind="shortlist.chosen").count() == 6


def test_not_sealed_short_of_the_size_or_without_minutes(
    campaign: Campaign, organiser: Account, now: datetime
) -> None:
    chosen = review.recommended(campaign=campaign, number=6)
    shortlists.add(
        campaign_id=campaign.pk, entry_ids=[one.pk for one in chosen[:5]], by=organiser, now=now
    )
    with pytest.raises(shortlists.WrongSize) as refused:
        shortlists.seal(campaign_id=campaign.pk, reason="会议通过", by=organiser, now=now)
    assert "5" in refused.value.text.zh
    with pytest.raises(shortlists.ReasonMissing):
        shortlists.seal(campaign_id=campaign.pk, reason=" ", by=organiser, now=now)


def test_never_more_than_the_size_and_only_candidates(
    campaign: Campaign, organiser: Account, now: datetime
) -> None:
    chosen = [one.pk for one in review.recommended(campaign=campaign, number=6)]
    extra = review.accepted(campaign=campaign)
    with pytest.raises(shortlists.OverSize):
        shortlists.add(
            campaign_id=campaign.pk, entry_ids=[*chosen, extra.pk], by=organiser, now=now
        )
    waiting = review.waiting(campaign=campaign)
    with pytest.raises(shortlists.NotACandidate):
        shortlists.add(campaign_id=campaign.pk, entry_ids=[waiting.entry_id], by=organiser, now=now)
    assert queries.chosen_ids(campaign_id=campaign.pk) == []


def test_only_organisers_in_the_stage(
    campaign: Campaign, organiser: Account, now: datetime
) -> None:
    with pytest.raises(shortlists.NotYours):
        shortlists.add(campaign_id=campaign.pk, entry_ids=[], by=orgs.editor(), now=now)
    early = review.moment(campaign, "submit")
    with pytest.raises(stage_checks.Closed):
        shortlists.add(campaign_id=campaign.pk, entry_ids=[], by=organiser, now=early)


def test_a_sealed_shortlist_does_not_change(
    campaign: Campaign, organiser: Account, now: datetime
) -> None:
    review.shortlist(campaign=campaign)
    ids = queries.sealed_ids(campaign_id=campaign.pk)
    with pytest.raises(shortlists.AlreadySealed):
        shortlists.remove(campaign_id=campaign.pk, entry_ids=ids[:1], by=organiser, now=now)
    with pytest.raises(shortlists.AlreadySealed):
        shortlists.seal(campaign_id=campaign.pk, reason="再来一次", by=organiser, now=now)


def test_the_place_of_a_disqualified_work_is_refilled_in_public(
    campaign: Campaign, organiser: Account, now: datetime
) -> None:
    review.shortlist(campaign=campaign)
    follower = review.accepted(campaign=campaign)
    leaver = review.shortlisted(campaign=campaign)[0]
    disqualifications.disqualify(entry=leaver, by=organiser, reason="使用了他人作品", now=now)
    assert len(queries.sealed_ids(campaign_id=campaign.pk)) == 5
    [vacancy] = queries.vacancies(campaign_id=campaign.pk)
    assert vacancy.entry_id == leaver.pk

    def refill() -> None:
        shortlists.refill(
            shortlisting_id=vacancy.pk,
            entry_id=follower.pk,
            reason="按会议确定的次序递补",
            by=organiser,
            now=now,
        )

    refill()
    assert follower.pk in queries.sealed_ids(campaign_id=campaign.pk)
    assert Record.objects.get(act="shortlist.refilled").audience == Audience.PUBLIC
    with pytest.raises(shortlists.NoVacancy):
        refill()


def test_before_the_seal_a_leaver_just_leaves(
    campaign: Campaign, organiser: Account, now: datetime
) -> None:
    review.shortlist(campaign=campaign, sealed=False)
    leaver = queries.chosen_ids(campaign_id=campaign.pk)[0]
    entry = queries.eligible(campaign_id=campaign.pk).get(pk=leaver)
    disqualifications.disqualify(entry=entry, by=organiser, reason="重复", now=now)
    assert leaver not in queries.chosen_ids(campaign_id=campaign.pk)
    assert queries.vacancies(campaign_id=campaign.pk) == []


def test_nobody_comes_after_the_vote(campaign: Campaign, organiser: Account, now: datetime) -> None:
    review.shortlist(campaign=campaign)
    follower = review.accepted(campaign=campaign)
    leaver = review.shortlisted(campaign=campaign)[0]
    disqualifications.disqualify(entry=leaver, by=organiser, reason="抄袭", now=now)
    [vacancy] = queries.vacancies(campaign_id=campaign.pk)
    with pytest.raises(shortlists.VoteOver):
        shortlists.refill(
            shortlisting_id=vacancy.pk,
            entry_id=follower.pk,
            reason="按会议确定的次序递补",
            by=organiser,
            now=campaign_queries.rulebook_of(campaign).ballot.closes,
        )


@pytest.mark.django_db(transaction=True)
def test_a_work_that_leaves_during_the_seal_leaves_a_vacancy() -> None:
    campaign = review.small_call(6)
    now, organiser = review.moment(campaign, "shortlist"), review.organiser()
    review.shortlist(campaign=campaign, sealed=False)
    leaver = review.shortlistings(campaign=campaign)[0]

    def disqualify() -> None:
        try:
            disqualifications.disqualify(entry=leaver, by=organiser, reason="抄袭", now=now)
        finally:
            connection.close()

    other = threading.Thread(target=disqualify)
    with transaction.atomic():
        shortlists.seal(campaign_id=campaign.pk, reason="会议通过", by=organiser, now=now)
        other.start()
        other.join(timeout=1)
        assert other.is_alive()  # it waits for the seal
    other.join()
    assert [one.entry_id for one in queries.vacancies(campaign_id=campaign.pk)] == [leaver.pk]
