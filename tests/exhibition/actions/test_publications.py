import pytest
from pytest_django import DjangoAssertNumQueries

from paike.audit.models import Record
from paike.exhibition.actions import publications
from paike.exhibition.queries import publications as queries
from tests.factories import exhibition, orgs, review

pytestmark = pytest.mark.django_db


def test_publishing_takes_the_submitted_texts_and_is_recorded() -> None:
    campaign = review.small_call()
    (publication,) = exhibition.published(campaign=campaign, works=1)
    assert publication.title == publication.version.composed_title
    assert publication.credit == "张三"
    assert Record.objects.filter(act="publication.published").count() == 1
    assert [one.entry_id for one in queries.shown(campaign_id=campaign.pk)] == [
        publication.entry_id
    ]


def test_only_shortlisted_works_are_published() -> None:
    campaign = review.small_call()
    entry = review.accepted(campaign=campaign, unit=orgs.body())
    with pytest.raises(publications.NotForTheOpen):
        publications.publish(entry=entry, by=orgs.editor(), now=review.moment(campaign, "exhibit"))


def test_a_phone_number_is_stopped_until_confirmed() -> None:
    campaign = review.small_call()
    review.shortlist(campaign=campaign)
    entry, *_ = review.shortlisted(campaign=campaign)
    now, editor = review.moment(campaign, "exhibit"), orgs.editor()
    with pytest.raises(publications.LooksPersonal) as refusal:
        publications.publish(entry=entry, by=editor, now=now, synopsis="联系 13800138000")
    assert "13800138000" in refusal.value.text.zh
    made = publications.publish(
        entry=entry, by=editor, now=now, synopsis="联系 13800138000", confirmed=True
    )
    assert "13800138000" not in str(Record.objects.latest("at").details)
    assert made.synopsis == "联系 13800138000"


def test_hidden_works_are_not_shown_and_come_back() -> None:
    campaign = review.small_call()
    (publication,) = exhibition.published(campaign=campaign, works=1)
    now, editor = publication.published_at, publication.published_by
    with pytest.raises(publications.NoReason):
        publications.hide(publication_id=publication.pk, by=editor, reason=" ", now=now)
    publications.hide(publication_id=publication.pk, by=editor, reason="家属要求", now=now)
    assert queries.shown(campaign_id=campaign.pk) == []
    publications.unhide(publication_id=publication.pk, by=editor, now=now)
    assert len(queries.shown(campaign_id=campaign.pk)) == 1


def test_queries_do_not_grow_with_the_works(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    campaign = review.small_call()
    exhibition.published(campaign=campaign, works=3)
    with django_assert_max_num_queries(5):
        queries.shown(campaign_id=campaign.pk, limit=1)
    with django_assert_max_num_queries(5):
        queries.shown(campaign_id=campaign.pk, limit=3)
