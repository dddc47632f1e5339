import pytest
from django.test import Client
from django.urls import reverse

from paike.accounts.models import Account
from paike.campaigns.models import Amendment, Campaign
from paike.entries.actions import disqualifications
from paike.kernel import clock
from paike.orgs.models import Role
from paike.review.models import Shortlist
from paike.review.queries import shortlists
from tests.factories import accounts, orgs, review

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return review.small_call(6, now=clock.now(), deed="shortlist")


@pytest.fixture
def organiser() -> Account:
    account = accounts.staff_account()
    orgs.serving(account=account, organisation=orgs.body("UNDERTAKER"), role=Role.ORGANISER)
    return account


@pytest.fixture
def browser(organiser: Account) -> Client:
    return accounts.client(organiser, strong=True)


def test_chosen_sealed_and_refilled_by_plain_forms(
    campaign: Campaign, browser: Client, organiser: Account
) -> None:
    works = review.recommended(campaign=campaign, number=6)
    spare = review.accepted(campaign=campaign)
    page = reverse("organise-shortlist", args=[campaign.slug])
    choose = reverse("shortlist-works", args=[campaign.slug])
    seal = reverse("shortlist-seal", args=[campaign.slug])

    ids = [str(work.pk) for work in works]
    browser.post(choose, {"act": "add", "entries": [*ids[:5], str(spare.pk)]})
    browser.post(choose, {"act": "remove", "entries": [str(spare.pk)]})
    assert "还差 1 部" in browser.get(page).content.decode()
    assert "应为 6 部" in browser.post(seal, {"reason": "会议"}, follow=True).content.decode()
    browser.post(choose, {"act": "add", "entries": ids[5:]})
    assert "请写明依据" in browser.post(seal, {"reason": ""}, follow=True).content.decode()
    done = browser.post(seal, {"reason": "6月8日评选会议"}, follow=True).content.decode()
    assert "入围名单已确认" in done
    assert Shortlist.objects.get(campaign=campaign).sealed_at is not None

    disqualifications.disqualify(entry=works[0], by=organiser, reason="侵权", now=clock.now())
    assert "退出，请递补一部" in browser.get(page).content.decode()
    [vacancy] = shortlists.vacancies(campaign_id=campaign.pk)
    browser.post(
        reverse("shortlist-refill", args=[campaign.slug]),
        {"place": vacancy.pk, "entry": spare.pk, "reason": "按会议确定的次序"},
    )
    assert spare.pk in shortlists.sealed_ids(campaign_id=campaign.pk)


def test_bodies_with_nothing_chosen_are_marked(campaign: Campaign, browser: Client) -> None:
    review.recommendation_list(campaign=campaign, ranked=3)
    page = browser.get(reverse("organise-shortlist", args=[campaign.slug])).content.decode()
    assert page.count("progress-error") == 2  # the body and the theme of the candidates


def test_a_stage_is_extended_in_public(campaign: Campaign, browser: Client) -> None:
    url = reverse("stage-extension", args=[campaign.slug])
    assert browser.get(url).status_code == 200
    early = {"stage": "exhibit", "new_end": "2020-01-01T00:00", "reason": "多地受灾"}
    assert Amendment.objects.count() == 0
    browser.post(url, early)
    assert Amendment.objects.count() == 0
    late = {"stage": "exhibit", "new_end": "2099-01-01T00:00", "reason": "多地受灾"}
    page = browser.post(url, late, follow=True).content.decode()
    assert "多地受灾" in page
    assert "第 1 次修订" in page
