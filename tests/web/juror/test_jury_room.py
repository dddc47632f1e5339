from datetime import datetime

import pytest
from django.test import Client

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.jury.actions import seats
from paike.jury.models import Mark, Panel, Recusal, ScoreSheet, Seat
from paike.kernel import clock
from tests.factories import accounts, orgs, race


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def call(db: None, now: datetime) -> Campaign:
    return race.campaign(now=now)


@pytest.fixture
def works(call: Campaign, now: datetime) -> list[Entry]:
    return race.shortlist(call, works=3, unit=orgs.unit(name="深圳第九机械厂工会"), now=now)


@pytest.fixture
def panel(call: Campaign, now: datetime) -> Panel:
    return race.panel(call, now=now)


@pytest.fixture
def seat(panel: Panel, works: list[Entry], now: datetime) -> Seat:
    return race.seat(panel, now=now)


@pytest.fixture
def juror(seat: Seat) -> Client:
    return accounts.client(seat.account, strong=True)


def sheet_url(seat: Seat, work: Entry, tail: str = "") -> str:
    return f"/jury/{seat.panel_id}/works/{work.pk}/{tail}"


def test_the_room_tells_how_far_and_names_nobody(
    juror: Client, seat: Seat, works: list[Entry]
) -> None:
    text = juror.get(f"/jury/{seat.panel_id}/").content.decode()
    assert works[0].title in text
    assert "第九机械厂" not in text
    assert "摄制组" not in text
    sheet = juror.get(sheet_url(seat, works[0])).content.decode()
    assert "第九机械厂" not in sheet
    assert orgs.body("GD").short_name not in sheet


def test_a_mark_is_saved_at_once(juror: Client, seat: Seat, works: list[Entry]) -> None:
    answer = juror.post(
        sheet_url(seat, works[0], "marks/"), {"field": "theme", "value": "25.5", "seen": "0"}
    )
    assert answer.json() | {"revision": 1} == answer.json()
    assert answer.json()["ok"]
    assert Mark.objects.get().tenths == 255
    wrong = juror.post(sheet_url(seat, works[0], "marks/"), {"field": "theme", "value": "99"})
    assert wrong.status_code == 409
    assert "30" in wrong.json()["message"]


def test_the_form_works_without_script(juror: Client, seat: Seat, works: list[Entry]) -> None:
    marks = {c["key"]: "12.5" for c in seat.panel.scheme["criteria"]}
    juror.post(sheet_url(seat, works[0], "marks/"), marks | {"comment": "节奏好"})
    assert Mark.objects.count() == len(marks)
    assert ScoreSheet.objects.get().comment == "节奏好"
    room = juror.get(f"/jury/{seat.panel_id}/").context["pile"]
    assert (room.progress.done, room.progress.left) == (1, 2)
    assert juror.get(f"/jury/{seat.panel_id}/?show=todo").context["rows"] == room.filtered("todo")


def test_later_goes_on_to_the_next_open_work(juror: Client, seat: Seat, works: list[Entry]) -> None:
    pile = [row.work for row in juror.get(f"/jury/{seat.panel_id}/").context["rows"]]
    answer = juror.post(f"/jury/{seat.panel_id}/works/{pile[0].id}/later/", {"later": "1"})
    assert answer["Location"] == f"/jury/{seat.panel_id}/works/{pile[1].id}/"


def test_recusal_needs_a_reason_and_can_be_taken_back(
    juror: Client, seat: Seat, works: list[Entry]
) -> None:
    juror.post(sheet_url(seat, works[0], "recusal/"), {"reason": ""})
    assert Recusal.objects.count() == 0
    juror.post(sheet_url(seat, works[0], "recusal/"), {"reason": "曾任顾问"})
    assert "您已回避" in juror.get(sheet_url(seat, works[0])).content.decode()
    juror.post(sheet_url(seat, works[0], "recusal/"), {"take_back": "1"})
    assert Recusal.objects.count() == 0


def test_sealing_waits_for_every_work(
    juror: Client, seat: Seat, works: list[Entry], now: datetime
) -> None:
    juror.post(f"/jury/{seat.panel_id}/seal/")
    seat.refresh_from_db()
    assert seat.sealed_at is None
    race.fill(seat, works, tenths=80, now=now)
    juror.post(f"/jury/{seat.panel_id}/seal/")
    seat.refresh_from_db()
    assert seat.sealed_at is not None


def test_another_jurors_room_is_not_found(seat: Seat, works: list[Entry], client: Client) -> None:
    stranger = accounts.client(accounts.staff_account(), strong=True)
    assert stranger.get(f"/jury/{seat.panel_id}/").status_code == 404
    assert stranger.post(sheet_url(seat, works[0], "marks/"), {}).status_code == 404
    assert client.get(f"/jury/{seat.panel_id}/").status_code == 302


def test_an_invitation_becomes_an_account_and_a_seat(
    panel: Panel, client: Client, now: datetime
) -> None:
    _, token = seats.invite(panel_id=panel.pk, name="张导演", by=orgs.organiser(), now=now)
    address = f"/jury/invitations/{token}/"
    assert "张导演" in client.get(address).content.decode()
    weak = client.post(address, {"username": "zhang.dao", "password": "123"})
    assert weak.status_code == 200
    answer = client.post(address, {"username": "zhang.dao", "password": accounts.PASSWORD})
    assert answer["Location"].startswith("/sign-in/staff/")
    assert Seat.objects.get().account.username == "zhang.dao"  # type: ignore[union-attr]  # just taken
    assert client.get(address).status_code == 410


def test_an_invitation_can_be_declined(panel: Panel, client: Client, now: datetime) -> None:
    _, token = seats.invite(panel_id=panel.pk, name="李评委", by=orgs.organiser(), now=now)
    assert client.post(f"/jury/invitations/{token}/refusal/").status_code == 200
    assert Seat.objects.get().declined_at is not None


def test_every_juror_has_an_order_of_its_own_that_stays(panel: Panel, now: datetime) -> None:
    race.shortlist(panel.campaign, works=6, now=now)
    orders = []
    for each in [race.seat(panel, now=now) for _ in range(3)]:
        browser = accounts.client(each.account, strong=True)
        seen = [
            [row.work.id for row in browser.get(f"/jury/{panel.pk}/").context["rows"]]
            for _ in range(2)
        ]
        assert seen[0] == seen[1]
        orders.append(tuple(seen[0]))
    assert len(set(orders)) > 1
