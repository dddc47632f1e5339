import pytest
from django.test import Client

from paike.exhibition.models import Publication
from tests.factories import accounts, exhibition, orgs, race, review

pytestmark = pytest.mark.django_db

TEXTS = {"synopsis": "一个人，一辈子。", "credit": "张三"}


def editor() -> Client:
    return accounts.client(orgs.editor(), strong=True)


def test_only_editors_enter() -> None:
    campaign = review.small_call()
    orgs.tree()
    url = f"/editor/{campaign.slug}/"
    assert editor().get(url).status_code == 200
    assert accounts.client(orgs.clerk(), strong=True).get(url).status_code == 403
    assert accounts.client(orgs.editor()).get(url).status_code == 302


def test_publishing_one_leads_to_the_next() -> None:
    campaign = review.small_call()
    review.shortlist(campaign=campaign)
    first, second, *_ = review.shortlisted(campaign=campaign)
    exhibition.renditions(first)
    browser = editor()
    url = f"/editor/{campaign.slug}/works/{first.pk}/"
    assert first.title in browser.get(url).content.decode()
    answer = browser.post(url, TEXTS)
    assert answer.url == f"/editor/{campaign.slug}/works/{second.pk}/"  # type: ignore[attr-defined]
    assert Publication.objects.get(entry=first).synopsis == TEXTS["synopsis"]
    shelf = browser.get(f"/editor/{campaign.slug}/?shelf=shown").content.decode()
    assert first.title in shelf


def test_a_work_is_found_under_its_own_call_only() -> None:
    campaign = review.small_call()
    other = race.campaign(slug="another-call")
    entry = review.waiting(campaign=campaign).entry
    browser = editor()
    assert browser.get(f"/editor/{campaign.slug}/works/{entry.pk}/").status_code == 200
    assert browser.get(f"/editor/{other.slug}/works/{entry.pk}/").status_code == 404


def test_a_phone_number_has_to_be_confirmed() -> None:
    campaign = review.small_call()
    review.shortlist(campaign=campaign)
    entry, *_ = review.shortlisted(campaign=campaign)
    browser, url = editor(), f"/editor/{campaign.slug}/works/{entry.pk}/"
    texts = TEXTS | {"synopsis": "电话 13800138000"}
    page = browser.post(url, texts).content.decode()
    assert "13800138000" in page
    assert 'name="confirmed"' in page
    assert not Publication.objects.exists()
    browser.post(url, texts | {"confirmed": "on"})
    assert Publication.objects.count() == 1


def test_taking_down_and_back() -> None:
    campaign = review.small_call()
    (publication,) = exhibition.published(campaign=campaign, works=1)
    browser = editor()
    url = f"/editor/{campaign.slug}/works/{publication.entry_id}/"
    browser.post(f"{url}hiding/", {"reason": ""})
    assert Publication.objects.get().hidden_at is None
    browser.post(f"{url}hiding/", {"reason": "家属要求"})
    assert Publication.objects.get().hidden_why == "家属要求"
    assert "家属要求" in browser.get(f"/editor/{campaign.slug}/?shelf=hidden").content.decode()
    browser.post(f"{url}showing/")
    assert Publication.objects.get().hidden_at is None


def test_no_personal_data_on_the_desk() -> None:
    """The sentinel stands in every sealed field of every shortlisted work."""
    campaign = review.small_call()
    review.shortlist(
        campaign=campaign, real_name="哨兵甲", phone="13912345678", subject_name="哨兵乙"
    )
    entry, *_ = review.shortlisted(campaign=campaign)
    browser = editor()
    for url in (f"/editor/{campaign.slug}/", f"/editor/{campaign.slug}/works/{entry.pk}/"):
        page = browser.get(url).content.decode()
        assert entry.title in page
        assert "哨兵" not in page
        assert "13912345678" not in page


def test_taking_down_asks_for_a_reason_and_nothing_else() -> None:
    """The fields of the page's own form do not stand in the dialog."""
    campaign = review.small_call()
    (publication,) = exhibition.published(campaign=campaign, works=1)
    page = editor().get(f"/editor/{campaign.slug}/works/{publication.entry_id}/").content.decode()
    dialog = page.split('class="confirm-body"')[1].split("</form>")[0]
    assert 'name="reason"' in dialog
    assert 'name="synopsis"' not in dialog
