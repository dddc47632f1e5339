"""The pages of units: who may enter, what they do."""

from datetime import UTC, datetime
from typing import cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from paike.campaigns.models import Campaign
from paike.kernel import clock
from paike.orgs.actions import invite_links
from paike.orgs.models import InviteLink, Membership, Organisation, Role, StaffInvitation
from paike.orgs.queries import invitations, organisations
from tests.factories import accounts, campaigns, orgs

pytestmark = pytest.mark.django_db
HEADER = "上级代码,代码,名称,简称,级别"


@pytest.fixture
def call() -> Campaign:
    return campaigns.campaign(now=clock.now())


def at(call: Campaign, rest: str = "") -> str:
    return f"/organise/{call.slug}/units/{rest}"


def browser(role: str = Role.ORGANISER, unit: Organisation | None = None) -> Client:
    return accounts.client(orgs.staff(organisation=unit, role=role), strong=True)


def upload(client: Client, call: Campaign, text: str, encoding: str = "gbk") -> HttpResponse:
    file = SimpleUploadedFile("units.csv", text.encode(encoding))
    return cast("HttpResponse", client.post(at(call, "imports/"), {"file": file}))


def test_an_organiser_sees_the_bodies_and_finds_units_by_a_word(call: Campaign) -> None:
    orgs.unit(parent=orgs.body("GD"), name="深圳电子厂工会")
    client = browser()
    assert "广东省总工会" in client.get(at(call)).content.decode()
    found = client.get(at(call), {"q": "电子厂"}).content.decode()
    assert "深圳电子厂工会" in found
    assert "北京市总工会" not in found


def test_a_clerk_sees_his_own_part_only(call: Campaign) -> None:
    _, district, city, body = orgs.branch()
    beside = orgs.unit(parent=body, name="隔壁工会")
    client = browser(Role.CLERK, city)
    listed = client.get(at(call)).content.decode()
    assert city.name in listed
    assert "北京市总工会" not in listed
    assert "隔壁工会" not in client.get(at(call), {"q": "工会"}).content.decode()
    assert client.get(at(call, f"{district.pk}/")).status_code == 200
    assert client.get(at(call, f"{beside.pk}/")).status_code == 403
    assert client.get(at(call, f"{body.pk}/")).status_code == 403


def test_people_without_a_role_stay_outside(call: Campaign) -> None:
    stranger = accounts.client(accounts.staff_account(), strong=True)
    assert stranger.get(at(call)).status_code == 403
    assert accounts.client(accounts.account()).get(at(call)).status_code == 302
    assert Client().get(at(call)).status_code == 302


def test_a_unit_is_added_and_a_taken_code_is_told_at_its_field(call: Campaign) -> None:
    body, client = orgs.body("GD"), browser()
    form = {"name": "深圳市总工会", "short_name": "", "code": "gd-sz", "level": "city"}
    assert client.post(at(call, f"{body.pk}/children/"), form).status_code == 302
    made = organisations.by_code("GD-SZ")
    assert made is not None
    assert (made.parent, made.short_name) == (body, "深圳市总工会")
    again = client.post(at(call, f"{body.pk}/children/"), form | {"name": "另一个"})
    assert "已被另一个单位使用" in again.content.decode()
    refused = client.post(at(call, f"{made.pk}/children/"), form | {"code": "X", "level": "body"})
    assert refused.status_code == 200
    assert organisations.by_code("X") is None


def test_a_list_is_imported_or_every_bad_row_is_shown(call: Campaign) -> None:
    orgs.body("GD")
    client = browser()
    bad = upload(
        client, call, f"{HEADER}\nGD,GD-SZ,深圳市总工会,,市级\nXX,GD-GZ,广州市总工会,,市级\n"
    )
    assert bad.status_code == 422
    assert "第 3 行" in bad.content.decode()
    assert organisations.by_code("GD-SZ") is None
    good = upload(client, call, f"{HEADER}\nGD,GD-SZ,深圳市总工会,,市级\n")
    assert good.status_code == 302
    assert organisations.by_code("GD-SZ") is not None
    assert client.get(at(call, "template.csv")).content.startswith(b"\xef\xbb\xbf")
    assert client.get(at(call, "imports/")).status_code == 200


def test_a_colleague_is_invited_and_the_link_is_shown_once(call: Campaign) -> None:
    body = orgs.body("GD")
    client = browser(Role.CLERK, body)
    page = client.post(at(call, f"{body.pk}/invitations/"), {"role": Role.CLERK}).content.decode()
    assert "/invitations/" in page
    invitation = StaffInvitation.objects.get()
    later = client.get(at(call, f"{body.pk}/")).content.decode()
    assert "待接受的邀请" in later
    assert "http://testserver/invitations/" not in later
    client.post(at(call, f"invitations/{invitation.pk}/revocation/"))
    assert "待接受的邀请" not in client.get(at(call, f"{body.pk}/")).content.decode()


def test_a_clerk_can_not_make_organisers(call: Campaign) -> None:
    body = orgs.body("GD")
    client = browser(Role.CLERK, body)
    client.post(at(call, f"{body.pk}/invitations/"), {"role": Role.ORGANISER})
    assert not StaffInvitation.objects.exists()


def test_a_membership_is_ended_by_who_may_appoint(call: Campaign) -> None:
    orgs.clerk(orgs.body("GD"))
    membership = Membership.objects.get()
    stranger = browser(Role.CLERK, orgs.body("BJ"))
    address = at(call, f"memberships/{membership.pk}/end/")
    assert stranger.post(address).status_code == 403
    assert browser().post(address).status_code == 302
    membership.refresh_from_db()
    assert membership.ended_at is not None


def test_a_unit_gets_its_link_its_poster_and_a_new_link(call: Campaign) -> None:
    unit = orgs.unit()
    client = browser()
    assert client.get(at(call, f"{unit.pk}/poster.pdf")).status_code == 404
    client.post(at(call, f"{unit.pk}/link/"))
    link = InviteLink.objects.get()
    assert link.code in client.get(at(call, f"{unit.pk}/")).content.decode()
    for paper in ("a4", "a3", "nonsense"):
        poster = client.get(at(call, f"{unit.pk}/poster.pdf"), {"paper": paper})
        assert poster.content.startswith(b"%PDF")
    client.post(at(call, f"{unit.pk}/link/renewals/"))
    assert invitations.by_code(link.code) is None


def test_units_that_send_nothing_in_have_no_link(call: Campaign) -> None:
    foreign = orgs.unit(parent=orgs.tree(), level="body", code="OTHER")
    client = browser()
    for unit in (orgs.unit(parent=foreign), orgs.body("UNDERTAKER")):
        page = client.get(at(call, f"{unit.pk}/")).content.decode()
        assert "没有投稿链接" in page
        told = client.post(at(call, f"{unit.pk}/link/"), follow=True).content.decode()
        assert "投稿链接不能用" in told
    assert not InviteLink.objects.exists()


def test_staff_of_the_organising_units_are_listed_for_organisers(call: Campaign) -> None:
    orgs.editor()
    address = f"/organise/{call.slug}/staff/"
    assert "编辑" in browser().get(address).content.decode()
    assert browser(Role.CLERK, orgs.body("GD")).get(address).status_code == 403


def test_the_list_asks_the_database_the_same_number_of_times_for_one_and_for_many(
    call: Campaign,
) -> None:
    city = orgs.unit(parent=orgs.body("GD"), level="city")
    client = browser(Role.CLERK, city)
    counts = []
    for _ in range(2):
        orgs.unit(parent=city)
        client.get(at(call, f"{city.pk}/"))
        with CaptureQueriesContext(connection) as asked:
            client.get(at(call, f"{city.pk}/"))
        counts.append(len(asked))
        orgs.unit(parent=city)
    assert counts[0] == counts[1]


def test_pages_speak_english_too(call: Campaign) -> None:
    unit, client = orgs.unit(), browser()
    invite_links.issue(
        organisation=unit, campaign_id=call.pk, by=None, now=datetime(2021, 4, 1, tzinfo=UTC)
    )
    for rest in ("", "imports/", f"{unit.pk}/"):
        page = client.get(at(call, rest), headers={"accept-language": "en"}).content.decode()
        assert 'lang="en"' in page
