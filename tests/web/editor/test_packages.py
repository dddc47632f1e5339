from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from paike.exhibition.models import Package
from tests.factories import accounts, exhibition, jobs, orgs, review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(EXHIBITIONS=tmp_path / "exhibition"):
        yield


def test_from_the_button_to_the_exhibition() -> None:
    campaign = review.small_call()
    (publication,) = exhibition.published(campaign=campaign, works=1)
    browser = accounts.client(orgs.editor(), strong=True)
    desk = f"/editor/{campaign.slug}/"
    with jobs.at(review.moment(campaign, "exhibit")):
        assert "生成展播" in browser.get(desk).content.decode()
        assert browser.get(f"{desk}packages/archive.zip").status_code == 404
        answer = browser.post(f"{desk}packages/", follow=True)
        assert "已开始生成展播" in answer.content.decode()
        state = browser.get(f"{desk}packages/state/").content.decode()
        assert "等待生成展播" in state
        assert "hx-trigger" in state
        public = Client().get(f"/c/{campaign.slug}/").content.decode()
        assert f"/exhibition/{campaign.slug}/" not in public
        jobs.run("exhibition.build")
        state = browser.get(f"{desk}packages/state/").content.decode()
        assert f"/exhibition/{campaign.slug}/" in state
        assert "hx-trigger" not in state
        archive = browser.get(f"{desk}packages/archive.zip")
        assert archive["Content-Type"] == "application/zip"
        assert archive.getvalue()[:2] == b"PK"
        for page in (f"/c/{campaign.slug}/", f"/c/{campaign.slug}/result/"):
            assert f"/exhibition/{campaign.slug}/" in Client().get(page).content.decode()
        browser.post(f"{desk}works/{publication.entry_id}/hiding/", {"reason": "家属要求"})
        assert "等待生成展播" in browser.get(desk).content.decode()


def test_a_fault_is_told_with_the_way_out() -> None:
    campaign = review.small_call()
    exhibition.published(campaign=campaign, works=1)
    now = review.moment(campaign, "exhibit")
    Package.objects.create(campaign=campaign, online=True, requested_at=now, fault="StoreFull: x")
    page = accounts.client(orgs.editor(), strong=True).get(f"/editor/{campaign.slug}/")
    assert "上次生成没有完成" in page.content.decode()
    assert "重新生成" in page.content.decode()
