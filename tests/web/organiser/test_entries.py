import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from paike.accounts.models import Account
from paike.audit.models import Record
from paike.campaigns.models import Campaign
from paike.entries.models import Disqualification, Entry
from paike.kernel import clock
from paike.media.actions import captions
from paike.orgs.models import Role
from tests.factories import accounts, campaigns, orgs, review

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return campaigns.campaign(now=clock.now(), deed="shortlist")


@pytest.fixture
def organiser() -> Account:
    account = accounts.staff_account()
    orgs.serving(account=account, organisation=orgs.body("UNDERTAKER"), role=Role.ORGANISER)
    return account


@pytest.fixture
def browser(organiser: Account) -> Client:
    return accounts.client(organiser, strong=True)


def read(browser: Client, name: str, *args: object, query: str = "") -> str:
    return browser.get(reverse(name, args=args) + query).content.decode()


def test_the_funnel_counts_by_body_and_step(campaign: Campaign, browser: Client) -> None:
    review.recommendation_list(campaign=campaign, ranked=3)
    review.waiting(campaign=campaign, unit=orgs.body())
    review.waiting(campaign=campaign)
    page = read(browser, "organise", campaign.slug)
    assert (
        f"{reverse('organise-entries', args=[campaign.slug])}?body=GD&amp;step=recommended" in page
    )
    assert '"parts": [1, 0, 3, 0], "total": 4' in page
    assert "1 / 35 个推荐单位已提交名单" in page


def test_only_organisers_enter(campaign: Campaign) -> None:
    for role in (Role.CLERK, Role.EDITOR):
        browser = accounts.client(orgs.staff(role=role), strong=True)
        for name in ("organise", "organise-entries", "organise-shortlist", "organise-export"):
            assert browser.get(reverse(name, args=[campaign.slug])).status_code == 403


@pytest.mark.parametrize("name", ["organise", "organise-entries", "organise-shortlist"])
def test_pages_ask_as_much_for_one_work_as_for_three(
    campaign: Campaign, browser: Client, name: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(reverse(name, args=[campaign.slug])).status_code == 200
        return len(seen)

    orgs.tree()
    review.accepted(campaign=campaign)
    queries()
    once = queries()
    review.accepted(campaign=campaign)
    review.accepted(campaign=campaign)
    assert queries() == once


def test_works_are_found_by_body_theme_step_state_verdict_and_words(
    campaign: Campaign, browser: Client
) -> None:
    _, _, city, body = orgs.branch()
    review.waiting(campaign=campaign, unit=city, title="码头上的灯")
    review.accepted(campaign=campaign, title="最后一班渡轮", theme="vlog")

    def found(query: str) -> tuple[bool, bool]:
        page = read(browser, "organise-entries", campaign.slug, query=query)
        return "码头上的灯" in page, "最后一班渡轮" in page

    assert found("") == (True, True)
    assert found(f"?body={body.code}") == (True, False)
    assert found("?body=individual") == (False, True)
    assert found("?theme=vlog") == (False, True)
    assert found("?step=accepted") == (False, True)
    assert found("?state=waiting") == (True, False)
    assert found("?verdict=warn") == (False, False)
    assert found("?text=渡轮") == (False, True)
    assert found("?text=1") == (True, False)
    assert found("?body=NOWHERE") == (False, False)


def test_the_entry_page_shows_the_trail_and_reveals_for_a_reason(
    campaign: Campaign, browser: Client
) -> None:
    entry = review.accepted(campaign=campaign)
    entry = Entry.objects.get(pk=entry.pk)
    entry.phone = "13912345678"
    entry.save()
    page = read(browser, "organise-entry", campaign.slug, entry.pk)
    assert "审核通过" in page
    assert "13912345678" not in page
    url = reverse("organise-reveal", args=[campaign.slug, entry.pk])
    assert "13912345678" in browser.post(url, {"reason": "联系作者补材料"}).content.decode()
    assert Record.objects.filter(act="personal-data.revealed", entry_id=entry.pk).exists()


def test_disqualification_with_a_reason(campaign: Campaign, browser: Client) -> None:
    entry = review.accepted(campaign=campaign)
    url = reverse("disqualification", args=[campaign.slug, entry.pk])
    browser.post(url, {"reason": ""})
    assert not Disqualification.objects.exists()
    page = browser.post(url, {"reason": "冒用他人作品"}, follow=True).content.decode()
    assert Disqualification.objects.get(entry=entry).reason == "冒用他人作品"
    assert "冒用他人作品" in page


def test_drafts_are_their_entrants_business(campaign: Campaign, browser: Client) -> None:
    draft = Entry.objects.create(
        campaign=campaign,
        owner=accounts.account(),
        created_at=clock.now(),
        updated_at=clock.now(),
    )
    url = reverse("organise-entry", args=[campaign.slug, draft.pk])
    assert browser.get(url).status_code == 404


def export(browser: Client, campaign: Campaign, **data: str) -> bytes:
    return browser.post(reverse("organise-export", args=[campaign.slug]), data).content


def test_the_table_for_excel_runs_no_formulas_and_names_nobody(
    campaign: Campaign, browser: Client
) -> None:
    entry = review.accepted(campaign=campaign, title="=HYPERLINK(1)")
    entry = Entry.objects.get(pk=entry.pk)
    entry.credit, entry.phone = "=1+1", "13912345678"
    entry.save()
    data = export(browser, campaign, format="csv")
    assert data.startswith(b"\xef\xbb\xbf")
    [head, row] = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert head[0] == "编号"
    assert "'=1+1" in row
    assert b"13912345678" not in data
    book = openpyxl.load_workbook(io.BytesIO(export(browser, campaign, format="xlsx")))
    cells = [cell for line in book.active.iter_rows() for cell in line]
    assert "=1+1" in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)
    assert Record.objects.filter(act="entries.exported").count() == 2


def test_personal_data_leaves_only_with_a_reason_on_record(
    campaign: Campaign, browser: Client
) -> None:
    entry = Entry.objects.get(pk=review.accepted(campaign=campaign).pk)
    entry.phone = "13912345678"
    entry.save()
    refused = export(browser, campaign, format="csv", personal="on")
    assert "请写明理由" in refused.decode()
    data = export(browser, campaign, format="csv", personal="on", reason="寄送入围通知")
    assert b"13912345678" in data
    record = Record.objects.get(act="personal-data.revealed", entry_id=entry.pk)
    assert record.details["reason"] == "寄送入围通知"


def test_works_are_found_by_what_is_said_in_them_and_shown_where(
    campaign: Campaign, browser: Client
) -> None:
    said, other = (review.waiting(campaign=campaign).version for _ in range(2))
    source = "WEBVTT\n\n00:07.500 --> 00:09.000\n炉火映红了\n\n00:09.000 --> 00:11.000\n他的脸\n"
    captions.put(film=said.film, source=source.encode(), by=orgs.editor(), now=clock.now())
    page = read(browser, "organise-entries", campaign.slug, query="?text=映红了他")
    address = reverse("organise-entry", args=[campaign.slug, said.entry_id])
    assert f"{address}?t=7.5" in page
    assert str(other.entry_id) not in page
    assert "?t=" not in read(browser, "organise-entries", campaign.slug, query="?text=冰雪")
    assert f"№ {said.entry.number:03d}" in read(
        browser, "organise-entries", campaign.slug, query=f"?text={said.entry.number}"
    )
