import threading

import pytest
from django.db import IntegrityError, connection, transaction

from paike.audit.models import Record
from paike.campaigns.queries import campaigns as campaign_queries
from paike.entries.actions import disqualifications, withdrawals
from paike.entries.models import Entry
from paike.notify.models import Message
from paike.review.actions import recommendation_lists, stage_checks
from paike.review.models import Recommendation
from paike.review.queries import recommendation_lists as queries
from paike.review.queries import states
from paike.review.rules import ranking
from paike.review.rules.states import StateKey
from tests.factories import campaigns, orgs, review

pytestmark = pytest.mark.django_db


def test_submitted_once_with_at_least_the_least() -> None:
    campaign = campaigns.campaign()
    kept = review.recommendation_list(campaign=campaign, ranked=2, submitted=False)
    clerk, now = review.clerk_of(kept.body), review.moment(campaign, "recommend")
    with pytest.raises(ranking.TooFew):
        recommendation_lists.submit(list_id=kept.pk, by=clerk, now=now)
    third = review.accepted(campaign=campaign, unit=kept.body)
    recommendation_lists.add(list_id=kept.pk, entry_id=third.pk, by=clerk, now=now)
    recommendation_lists.submit(list_id=kept.pk, by=clerk, now=now)
    with pytest.raises(recommendation_lists.AlreadySubmitted):
        recommendation_lists.submit(list_id=kept.pk, by=clerk, now=now)
    assert queries.by_check_code(kept.check_code) == kept
    assert states.of_entries([third.pk])[third.pk].key is StateKey.RECOMMENDED
    assert Message.objects.filter(recipient=third.owner, subject__contains="推荐").exists()


def test_everybody_whose_work_was_accepted_hears_what_became_of_it() -> None:
    campaign = campaigns.campaign()
    kept = review.recommendation_list(campaign=campaign, ranked=3, reserve=1, submitted=False)
    left_out = review.accepted(campaign=campaign, unit=kept.body)
    elsewhere = review.accepted(campaign=campaign, unit=orgs.body("HB"))
    ranking_before = queries.ranking_of(kept)
    recommendation_lists.submit(
        list_id=kept.pk,
        by=review.clerk_of(kept.body),
        now=review.moment(campaign, "recommend"),
    )
    wanted = {
        "entry.recommended": set(ranking_before.ranked),
        "entry.in-reserve": set(ranking_before.reserve),
        "entry.not-recommended": {left_out.pk},
    }
    for act, entry_ids in wanted.items():
        assert set(Record.objects.filter(act=act).values_list("entry_id", flat=True)) == entry_ids
    kinds = Message.objects.filter(kind__startswith="list.").values_list("kind", flat=True)
    assert sorted(kinds) == ["list.not-recommended", *["list.recommended"] * 3, "list.reserve"]
    assert not Message.objects.filter(recipient=elsewhere.owner, kind__startswith="list.").exists()


def test_only_candidates_of_this_body_by_its_own_clerks_in_the_stage() -> None:
    campaign = campaigns.campaign()
    kept = review.recommendation_list(campaign=campaign, ranked=1, submitted=False)
    clerk, now = review.clerk_of(kept.body), review.moment(campaign, "recommend")
    stranger = review.accepted(campaign=campaign, unit=orgs.body("HB"))
    with pytest.raises(recommendation_lists.NotACandidate):
        recommendation_lists.add(list_id=kept.pk, entry_id=stranger.pk, by=clerk, now=now)
    own = review.accepted(campaign=campaign, unit=kept.body)
    with pytest.raises(recommendation_lists.NotYours):
        recommendation_lists.add(
            list_id=kept.pk, entry_id=own.pk, by=orgs.clerk(orgs.body("HB")), now=now
        )
    with pytest.raises(stage_checks.Closed):
        recommendation_lists.add(
            list_id=kept.pk, entry_id=own.pk, by=clerk, now=review.moment(campaign, "exhibit")
        )


def test_a_withdrawn_work_is_followed_by_the_reserve() -> None:
    campaign = campaigns.campaign()
    kept = review.recommendation_list(campaign=campaign, ranked=5, reserve=2)
    before = queries.ranking_of(kept)
    leaver = Entry.objects.get(pk=before.ranked[1])
    now = review.moment(campaign, "recommend")
    withdrawals.withdraw(entry=leaver, by=leaver.owner, now=now)
    after = queries.ranking_of(kept)
    assert after.ranked == (before.ranked[0], *before.ranked[2:], before.reserve[0])
    assert after.reserve == before.reserve[1:]
    assert Record.objects.filter(act="list.replaced").exists()
    follower = Entry.objects.get(pk=before.reserve[0])
    assert Message.objects.filter(recipient=follower.owner, subject__contains="递补").exists()
    assert states.of_entries([follower.pk])[follower.pk].key is StateKey.RECOMMENDED


def test_a_disqualified_work_leaves_a_list_without_reserve_shorter() -> None:
    campaign = campaigns.campaign()
    kept = review.recommendation_list(campaign=campaign, ranked=3)
    leaver = Entry.objects.get(pk=queries.ranking_of(kept).ranked[0])
    disqualifications.disqualify(
        entry=leaver,
        by=orgs.organiser(),
        reason="冒用他人作品",
        now=review.moment(campaign, "recommend"),
    )
    assert len(queries.ranking_of(kept).ranked) == 2


def test_nobody_moves_up_after_the_vote() -> None:
    campaign = campaigns.campaign()
    kept = review.recommendation_list(campaign=campaign, ranked=3, reserve=1)
    before = queries.ranking_of(kept)
    disqualifications.disqualify(
        entry=Entry.objects.get(pk=before.ranked[0]),
        by=orgs.organiser(),
        reason="抄袭",
        now=campaign_queries.rulebook_of(campaign).ballot.closes,
    )
    after = queries.ranking_of(kept)
    assert after.ranked == before.ranked[1:]
    assert after.reserve == before.reserve


def test_the_database_itself_refuses_a_place_above_the_quota_or_taken() -> None:
    campaign = campaigns.campaign()
    kept = review.recommendation_list(campaign=campaign, ranked=2, submitted=False)
    [first, second] = queries.live(kept.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=first.pk).update(rank=6)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=second.pk).update(rank=1)


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_at_once_never_exceed_the_quota() -> None:
    campaign = campaigns.campaign()
    body = orgs.body()
    works = [review.accepted(campaign=campaign, unit=body) for _ in range(20)]
    kept = queries.of_body(campaign_id=campaign.pk, body_id=body.pk)
    assert kept is not None
    clerk, now = review.clerk_of(body), review.moment(campaign, "recommend")
    together = threading.Barrier(len(works))
    outcomes: list[str] = []

    def add(entry: Entry) -> None:
        together.wait()
        try:
            recommendation_lists.add(list_id=kept.pk, entry_id=entry.pk, by=clerk, now=now)
            outcomes.append("in")
        except ranking.OverQuota:
            outcomes.append("full")
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("in") == 5
    assert outcomes.count("full") == 15
    assert sorted(row.rank or 0 for row in queries.live(kept.pk)) == [1, 2, 3, 4, 5]
