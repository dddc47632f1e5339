import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from paike.accounts.models import Account
from paike.audit.models import Record
from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.kernel import clock
from paike.orgs.models import Organisation
from paike.review.actions import decisions
from paike.review.models import Decision, Recommendation, Referral, Reversal
from paike.review.queries import recommendation_lists, referrals
from tests.factories import accounts, campaigns, orgs, review

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return campaigns.campaign(now=clock.now(), deed="recommend")


@pytest.fixture
def body() -> Organisation:
    return orgs.body()


@pytest.fixture
def clerk(body: Organisation) -> Account:
    return orgs.clerk(body)


@pytest.fixture
def browser(clerk: Account) -> Client:
    return accounts.client(clerk, strong=True)


def waiting(campaign: Campaign, body: Organisation, number: int) -> list[Referral]:
    return [review.waiting(campaign=campaign, unit=body, now=clock.now()) for _ in range(number)]


def test_the_desk_counts_what_waits(
    campaign: Campaign, body: Organisation, browser: Client
) -> None:
    waiting(campaign, body, 2)
    page = browser.get(reverse("desk")).content.decode()
    assert body.short_name in page
    assert "有 2 部作品等您处理" in page


def test_people_without_a_unit_have_no_desk() -> None:
    browser = accounts.client(accounts.staff_account(), strong=True)
    assert browser.get(reverse("desk")).status_code == 403


@pytest.mark.parametrize("state", ["", "?state=decided"])
def test_the_queue_asks_as_much_for_one_work_as_for_three(
    campaign: Campaign,
    body: Organisation,
    browser: Client,
    clerk: Account,
    state: str,
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get(reverse("unit-queue", args=[body.pk]) + state)
        return len(seen)

    def more(number: int) -> None:
        for referral in waiting(campaign, body, number):
            if state:
                decisions.decide(
                    referral_id=referral.pk, outcome="accept", by=clerk, now=clock.now()
                )

    more(1)
    queries()
    once = queries()
    more(2)
    assert queries() == once


def test_a_decision_opens_the_next_work_and_can_be_taken_back(
    campaign: Campaign, body: Organisation, browser: Client
) -> None:
    first, second = waiting(campaign, body, 2)
    answer = browser.post(
        reverse("referral-decision", args=[first.pk]), {"outcome": "accept"}, follow=True
    )
    assert answer.redirect_chain[0][0].startswith(reverse("review-desk", args=[second.pk]))
    page = answer.content.decode()
    assert "收回" in page
    made = Decision.objects.get(referral=first)
    browser.post(reverse("decision-reversal", args=[made.pk]))
    assert Reversal.objects.filter(decision=made).exists()
    again = referrals.latest(entry_id=first.entry_id)
    assert again is not None
    assert again.closed_at is None


def test_a_return_needs_a_reason_and_says_so(
    campaign: Campaign, body: Organisation, browser: Client
) -> None:
    [referral] = waiting(campaign, body, 1)
    url = reverse("referral-decision", args=[referral.pk])
    page = browser.post(url, {"outcome": "return"}, follow=True).content.decode()
    assert "请写明原因" in page
    browser.post(url, {"outcome": "return", "reason": "请补字幕"})
    assert Decision.objects.get(referral=referral).outcome == "return"


def test_clerks_of_other_units_do_not_enter(campaign: Campaign, body: Organisation) -> None:
    [referral] = waiting(campaign, body, 1)
    other = accounts.client(orgs.clerk(orgs.body("HB")), strong=True)
    assert other.get(reverse("review-desk", args=[referral.pk])).status_code == 403
    assert other.get(reverse("unit-queue", args=[body.pk])).status_code == 403
    weak = accounts.client(review.clerk_of(body))
    assert weak.get(reverse("review-desk", args=[referral.pk])).status_code == 302


def test_contacts_are_shown_only_for_a_reason_that_is_on_record(
    campaign: Campaign, body: Organisation, browser: Client
) -> None:
    [referral] = waiting(campaign, body, 1)
    entry = Entry.objects.get(pk=referral.entry_id)
    entry.phone, entry.real_name = "13912345678", "王建国"
    entry.save()
    desk = reverse("review-desk", args=[referral.pk])
    assert "13912345678" not in browser.get(desk).content.decode()
    url = reverse("referral-reveal", args=[referral.pk])
    assert "13912345678" not in browser.post(url, {"reason": ""}).content.decode()
    answer = browser.post(url, {"reason": "核对作者署名"})
    assert "13912345678" in answer.content.decode()
    assert "王建国" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    record = Record.objects.get(act="personal-data.revealed")
    assert record.details["reason"] == "核对作者署名"
    assert "13912345678" not in browser.get(desk).content.decode()


def test_a_listed_work_can_be_watched_again_by_its_own_clerks(
    campaign: Campaign, body: Organisation, browser: Client
) -> None:
    work = review.accepted(campaign=campaign, unit=body)
    kept = recommendation_lists.of_body(campaign_id=campaign.pk, body_id=body.pk)
    assert kept is not None
    wait = Referral.objects.get(entry=work, unit=body)
    desk = reverse("review-desk", args=[wait.pk])
    assert desk in browser.get(reverse("recommendation-list", args=[kept.pk])).content.decode()
    page = browser.get(desk).content.decode()
    assert "<form" in page
    assert 'value="decline"' not in page  # it is decided


def test_a_list_is_ranked_and_submitted_by_plain_forms(
    campaign: Campaign, body: Organisation, browser: Client
) -> None:
    works = [review.accepted(campaign=campaign, unit=body) for _ in range(4)]
    kept = recommendation_lists.of_body(campaign_id=campaign.pk, body_id=body.pk)
    assert kept is not None
    places = reverse("list-places", args=[kept.pk])
    page = browser.get(reverse("recommendation-list", args=[kept.pk])).content.decode()
    assert "还差 3 部" in page
    for work in works[:3]:
        browser.post(places, {"entry": work.pk, "act": "add"})
    browser.post(places, {"entry": works[3].pk, "act": "reserve"})
    browser.post(places, {"entry": works[2].pk, "act": "to", "place": 1})
    browser.post(places, {"entry": works[0].pk, "act": "down"})
    fragment = browser.post(
        places, {"entry": works[1].pk, "act": "up"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in fragment
    ranking = recommendation_lists.ranking_of(kept)
    assert ranking.ranked == (works[1].pk, works[2].pk, works[0].pk)
    assert ranking.reserve == (works[3].pk,)
    page = browser.post(reverse("list-submission", args=[kept.pk]), follow=True).content.decode()
    assert "推荐名单已提交" in page
    assert kept.check_code in page
    browser.post(places, {"entry": works[0].pk, "act": "remove"})
    assert Recommendation.objects.filter(list=kept, removed_at=None).count() == 4


def test_the_paper_is_a_pdf_before_and_after_submission(
    campaign: Campaign, body: Organisation, browser: Client
) -> None:
    kept = review.recommendation_list(campaign=campaign, body=body, reserve=1, submitted=False)
    url = reverse("list-paper", args=[kept.pk])
    draft = browser.get(url)
    assert draft["Content-Type"] == "application/pdf"
    assert draft.content.startswith(b"%PDF")
    browser.post(reverse("list-submission", args=[kept.pk]))
    assert browser.get(url).content.startswith(b"%PDF")
