import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.entries.actions import entries as drafts
from paike.entries.actions import reopenings
from paike.entries.models import Entry, Version
from paike.entries.queries import entries
from paike.kernel import clock
from paike.media.rules.report import Outcome
from paike.orgs.actions import invite_links
from tests.factories import accounts, campaigns, jobs, media, orgs, uploads
from tests.factories import entries as factory

pytestmark = pytest.mark.django_db
UNITS = "/c/party-stories-2021/units/"
SIGNED = [text.key for text in campaigns.rules().declarations]


@pytest.fixture
def person() -> Account:
    return accounts.account()


@pytest.fixture
def browser(person: Account) -> Client:
    return accounts.client(person)


@pytest.fixture
def call() -> Campaign:
    orgs.tree()
    return campaigns.campaign(now=clock.now())


def page(browser: Client, entry: Entry) -> str:
    answer = browser.get(f"/entries/{entry.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_looking_at_the_begin_page_makes_nothing(browser: Client, call: Campaign) -> None:
    answer = browser.get(f"/c/{call.slug}/entries/new/")
    assert "开始填写" in answer.content.decode()
    assert not Entry.objects.exists()


def test_an_invited_entrant_finds_the_unit_chosen(
    browser: Client, person: Account, call: Campaign
) -> None:
    unit = orgs.unit()
    link = invite_links.issue(organisation=unit, campaign_id=call.pk, by=None, now=clock.now())
    session = browser.session
    session["invite_code"] = link.code
    session.save()
    assert unit.name in browser.get(f"/c/{call.slug}/entries/new/").content.decode()
    answer = browser.post(f"/c/{call.slug}/entries/new/", {"title": "炉前的灯"})
    entry = Entry.objects.get(owner=person)
    assert answer.headers["Location"] == f"/entries/{entry.pk}/"
    assert (entry.unit_id, entry.title) == (unit.pk, "炉前的灯")
    assert f"{orgs.body().short_name}《炉前的灯》" in page(browser, entry)


def test_a_closed_call_says_so(browser: Client) -> None:
    orgs.tree()
    past = campaigns.campaign(now=clock.now() - timedelta(days=500))
    answer = browser.post(f"/c/{past.slug}/entries/new/")
    assert "现在不能提交作品" in answer.content.decode()
    assert not Entry.objects.exists()


def test_the_script_saves_one_field_and_learns_the_title(
    browser: Client, person: Account, call: Campaign
) -> None:
    entry = factory.draft(owner=person, campaign=call)
    answer = browser.post(
        f"/entries/{entry.pk}/draft/",
        {"title": "夜班", "seen": "0"},
        headers={"Accept": "application/json"},
    )
    told = json.loads(answer.content)
    assert told["title"] == f"{orgs.body().short_name}《夜班》"
    assert told["faults"] == {}
    again = browser.post(
        f"/entries/{entry.pk}/draft/",
        {"title": "早班", "seen": "0"},
        headers={"Accept": "application/json"},
    )
    assert json.loads(again.content)["overwritten"] == ["作品名称"]


def test_without_script_the_form_saves_and_faults_stand_at_their_fields(
    browser: Client, person: Account, call: Campaign
) -> None:
    entry = factory.draft(owner=person, campaign=call)
    saved = browser.post(f"/entries/{entry.pk}/draft/", {"title": "夜班"}, follow=True)
    assert "草稿已保存" in saved.content.decode()
    answer = browser.post(f"/entries/{entry.pk}/draft/", {"title": "长" * 41, "credit": "新署名"})
    assert answer.status_code == 422
    assert "最多 40 个" in answer.content.decode()
    entry.refresh_from_db()
    assert entry.credit == "新署名"


def test_submitting_an_incomplete_form_tells_everything_and_keeps_what_was_typed(
    browser: Client, person: Account, call: Campaign
) -> None:
    entry = factory.draft(owner=person, campaign=call, title="", phone="")
    typed = {"synopsis": "太短", "declarations": SIGNED[:1]}
    answer = browser.post(f"/entries/{entry.pk}/submissions/", typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    for words in ("请填写作品名称", "请填写联系电话", "内容简介有 2 个字", "请阅读并勾选"):
        assert words in text
    assert "太短" in text
    assert f'value="{SIGNED[0]}" checked' in text
    assert not Version.objects.exists()


def test_a_submitted_work_shows_its_road_and_no_form(
    browser: Client, person: Account, call: Campaign
) -> None:
    entry = factory.draft(owner=person, campaign=call)
    answer = browser.post(
        f"/entries/{entry.pk}/submissions/", {"declarations": SIGNED}, follow=True
    )
    text = answer.content.decode()
    assert "作品已提交" in text
    assert "data-upload" not in text
    assert "作品进度" in text
    assert Version.objects.count() == 1
    browser.post(f"/entries/{entry.pk}/submissions/", {"declarations": SIGNED})
    assert Version.objects.count() == 1


def test_a_refused_work_shows_measured_limit_advice_and_the_form(
    browser: Client, person: Account, call: Campaign
) -> None:
    text = page(browser, factory.refused(owner=person, campaign=call))
    for words in ("92.4 秒", "不超过 90 秒", "请剪短 2.4 秒", "影片需要修改", "data-upload"):
        assert words in text


def test_a_returned_work_shows_the_reason(browser: Client, person: Account, call: Campaign) -> None:
    entry = factory.cleared(owner=person, campaign=call)
    version = entries.latest_version(entry)
    assert version is not None
    reopenings.reopen(
        version_id=version.pk, by=orgs.clerk(), reason="片头缺少作者", now=clock.now()
    )
    text = page(browser, entry)
    assert "片头缺少作者" in text
    assert "提交作品" in text


def test_an_upload_under_way_says_how_much_has_arrived(
    browser: Client, person: Account, call: Campaign
) -> None:
    entry = factory.draft(owner=person, campaign=call)
    Entry.objects.filter(pk=entry.pk).update(film=None)
    upload = uploads.upload(
        owner=person, subject_id=entry.pk, size=3 * 1024**2, content=b"x" * 1024**2, now=clock.now()
    )
    text = page(browser, entry)
    assert "已收到 1.0 MB / 3.0 MB" in text
    assert f'data-place="/uploads/{upload.pk}"' in text


@pytest.mark.parametrize("outcome", [None, Outcome.PASS, Outcome.WARN, Outcome.REFUSE])
def test_the_progress_asks_again_only_while_something_is_under_way(
    browser: Client, person: Account, call: Campaign, outcome: Outcome | None
) -> None:
    entry = factory.draft(owner=person, campaign=call)
    assert entry.film is not None
    factory.inspection(entry.film, call, outcome=outcome)
    text = browser.get(f"/entries/{entry.pk}/progress/").content.decode()
    assert ("every 2s" in text) is (outcome is not Outcome.REFUSE)


def test_withdrawing_is_explained_and_done(
    browser: Client, person: Account, call: Campaign
) -> None:
    entry = factory.cleared(owner=person, campaign=call)
    assert "撤回后不能恢复" in browser.get(f"/entries/{entry.pk}/withdrawal/").content.decode()
    answer = browser.post(f"/entries/{entry.pk}/withdrawal/", {"reason": "家人不同意"}, follow=True)
    assert "已撤回" in answer.content.decode()
    assert Entry.objects.get().withdrawal.reason == "家人不同意"


@pytest.mark.parametrize("path", ["", "draft/", "progress/", "submissions/", "withdrawal/"])
def test_anothers_entry_does_not_exist(person: Account, call: Campaign, path: str) -> None:
    entry = factory.cleared(owner=person, campaign=call)
    stranger = accounts.client(accounts.account())
    address = f"/entries/{entry.pk}/{path}"
    reply = stranger.get(address) if path in ("", "progress/") else stranger.post(address)
    assert reply.status_code == 404
    assert Client().get(f"/entries/{entry.pk}/").status_code == 302


def test_units_are_found_by_name_with_their_road(browser: Client, call: Campaign) -> None:
    _grassroots, _district, city, body = orgs.branch()
    text = browser.get(UNITS, {"q": city.name}).content.decode()
    assert str(city.pk) in text
    assert body.short_name in text
    assert "没有找到" in browser.get(UNITS, {"q": "<b>没有这个</b>"}).content.decode()
    assert "<b>没有" not in browser.get(UNITS, {"q": "<b>没有这个</b>"}).content.decode()


def test_units_of_another_call_are_not_offered_and_not_taken(
    browser: Client, person: Account, call: Campaign
) -> None:
    foreign = orgs.unit(parent=orgs.tree(), level="body", code="OTHER", name="他处工会")
    below = orgs.unit(parent=foreign, name="他处工会第一分会")
    assert "没有找到" in browser.get(UNITS, {"q": "他处工会"}).content.decode()
    entry = factory.draft(owner=person, campaign=call, unit=below)
    assert str(foreign.pk) not in page(browser, entry)
    answer = browser.post(f"/entries/{entry.pk}/submissions/", {"declarations": SIGNED})
    assert answer.status_code == 422
    assert "不在推荐单位之下" in answer.content.decode()


def test_my_works_cost_the_same_for_one_and_for_three(
    browser: Client, person: Account, call: Campaign
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert browser.get("/my/").status_code == 200
        return len(caught)

    factory.cleared(owner=person, campaign=call)
    cost()
    one = cost()
    factory.refused(owner=person, campaign=call)
    factory.submitted(owner=person, campaign=call)
    assert cost() == one


def test_english_pages_are_english(browser: Client, person: Account, call: Campaign) -> None:
    factory.cleared(owner=person, campaign=call)
    browser.cookies["paike_language"] = "en"
    text = browser.get("/my/").content.decode()
    assert "My works" in text
    assert drafts.Locked.text.en


@pytest.mark.parametrize("seen", ["²", "9" * 5000, "-1", "null"])
def test_a_strange_revision_is_no_fault(
    browser: Client, person: Account, call: Campaign, seen: str
) -> None:
    entry = factory.draft(owner=person, campaign=call)
    sent = {"title": "新的标题", "seen": seen}
    answer = browser.post(
        f"/entries/{entry.pk}/draft/", sent, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 200


def test_an_inspection_that_did_not_end_is_told_and_can_be_repeated() -> None:
    entry = factory.draft()
    film = media.sealed_object(owner=entry.owner, subject_id=entry.pk)
    entry.film = film
    entry.save(update_fields=["film"])
    media.inspection(film=film, fault="SandboxFault: no answer", attempts=3)
    browser = accounts.client(entry.owner)
    assert "检测没有完成" in browser.get(f"/entries/{entry.pk}/").content.decode()
    address = f"/entries/{entry.pk}/inspections/"
    assert accounts.client(accounts.account()).post(address).status_code == 404
    told = browser.post(address, follow=True).content.decode()
    assert "正在重新检测" in told
    assert "检测没有完成" not in told
    assert len(jobs.waiting("media.inspect")) == 1
    assert "操作太频繁" in browser.post(address, follow=True).content.decode()


def test_finding_a_unit_costs_the_same_for_one_and_for_three(
    browser: Client, call: Campaign
) -> None:
    def cost(word: str, results: int) -> int:
        with CaptureQueriesContext(connection) as caught:
            text = browser.get(UNITS, {"q": word}).content.decode()
        assert text.count('type="radio"') == results
        return len(caught)

    city = orgs.unit(level="city", name="独一市总工会")
    cost("独一", 1)
    one = cost("独一", 1)
    orgs.unit(parent=city, name="独一甲厂工会")
    orgs.unit(parent=city, name="独一乙厂工会")
    assert cost("独一", 3) == one
