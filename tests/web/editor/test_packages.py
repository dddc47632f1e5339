import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client, override_settings

from paike.exhibition.models import Package, Publication
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
        for page in (f"/c/{campaign.slug}/", f"/c/{campaign.slug}/result/"):
            assert f"/exhibition/{campaign.slug}/" in Client().get(page).content.decode()
        browser.post(f"{desk}works/{publication.entry_id}/hiding/", {"reason": "家属要求"})
        assert "等待生成展播" in browser.get(desk).content.decode()


@dataclass(frozen=True)
class Download:
    """An exhibition online, and the link to its ZIP as the editor's desk shows it."""

    browser: Client
    publication: Publication
    desk: str
    link: str


@pytest.fixture
def download() -> Iterator[Download]:
    campaign = review.small_call()
    (publication,) = exhibition.published(campaign=campaign, works=1)
    browser = accounts.client(orgs.editor(), strong=True)
    desk = f"/editor/{campaign.slug}/"
    with jobs.at(review.moment(campaign, "exhibit")):
        browser.post(f"{desk}packages/")
        jobs.run("exhibition.build")
        link = re.search(r'href="([^"]+\.zip)"', browser.get(desk).content.decode())
        assert link is not None
        yield Download(browser, publication, desk, link[1])


def test_a_download_goes_on_where_it_broke_off(download: Download) -> None:
    whole = download.browser.get(download.link)
    archive, etag = whole.getvalue(), whole["ETag"]
    assert whole["Content-Length"] == str(len(archive))
    assert whole["Accept-Ranges"] == "bytes"
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        assert any(name.endswith("/index.html") for name in opened.namelist())
    head = download.browser.head(download.link)
    assert (head["Content-Length"], head["ETag"]) == (str(len(archive)), etag)
    middle = len(archive) // 2
    wanted = {"Range": f"bytes={middle}-", "If-Range": etag}
    rest = download.browser.get(download.link, headers=wanted)
    assert rest.status_code == 206
    assert rest["Content-Range"] == f"bytes {middle}-{len(archive) - 1}/{len(archive)}"
    assert archive[:middle] + rest.getvalue() == archive
    behind = download.browser.get(download.link, headers={"Range": f"bytes={len(archive)}-"})
    assert behind.status_code == 416


def test_a_download_never_goes_on_with_another_package(download: Download) -> None:
    wanted = {"Range": "bytes=5-", "If-Range": '"another"'}
    assert download.browser.get(download.link, headers=wanted).status_code == 200
    address = f"{download.desk}works/{download.publication.entry_id}/hiding/"
    download.browser.post(address, {"reason": "家属要求"})
    jobs.run("exhibition.build")
    gone = download.browser.get(download.link, headers={"Range": "bytes=5-"})
    assert gone.status_code == 410
    assert "重新下载" in gone.content.decode()


def test_a_fault_is_told_with_the_way_out() -> None:
    campaign = review.small_call()
    exhibition.published(campaign=campaign, works=1)
    now = review.moment(campaign, "exhibit")
    Package.objects.create(campaign=campaign, online=True, requested_at=now, fault="StoreFull: x")
    page = accounts.client(orgs.editor(), strong=True).get(f"/editor/{campaign.slug}/")
    assert "上次生成没有完成" in page.content.decode()
    assert "重新生成" in page.content.decode()
