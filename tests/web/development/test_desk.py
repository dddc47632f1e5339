from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from paike.kernel import clock
from paike.notify.queries import outbox
from tests.factories import accounts, jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path


def test_a_code_appears_in_the_outbox_and_its_json() -> None:
    browser = Client()
    browser.post("/sign-in/", {"contact": "138 0013 8000", "consent": "on"})
    browser.post("/sign-in/", {"contact": "138 0013 8001", "consent": "on"})
    jobs.run("accounts.deliver_code")
    assert "验证码" in browser.get("/dev/").content.decode()
    letters = browser.get("/dev/outbox.json", {"to": "+8613800138000"}).json()["letters"]
    assert [letter["channel"] for letter in letters] == ["sms"]
    assert len(browser.get("/dev/outbox.json").json()["letters"]) == 2


def test_only_the_last_two_hundred_are_kept() -> None:
    for number in range(205):
        outbox.keep(outbox.Kept(at="", channel="sms", to=str(number), subject="", text="x"))
    kept = outbox.letters()
    assert len(kept) == 200
    assert kept[0].to == "204"


def test_not_there_in_production(settings: Settings) -> None:
    settings.DEVELOPMENT = False
    outbox.keep(outbox.Kept(at="", channel="sms", to="1", subject="", text="x"))
    assert not outbox.path().exists()
    for address in ("/dev/", "/dev/outbox.json"):
        assert Client().get(address).status_code == 404
    assert Client().post("/dev/clock/").status_code == 404


def test_the_clock_moves_only_in_a_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = accounts.client()
    monkeypatch.delenv("PAIKE_CLOCK_FILE", raising=False)
    assert browser.post("/dev/clock/", {"moment": "2021-03-01T09:00"}).status_code == 403
    monkeypatch.setenv("PAIKE_CLOCK_FILE", str(tmp_path / "clock"))
    assert browser.post("/dev/clock/", {"moment": "2021-03-01T09:00"}).status_code == 302
    assert abs((clock.now() - datetime(2021, 3, 1, 1, 0, tzinfo=UTC)).total_seconds()) < 60
    browser.post("/dev/clock/", {"moment": "soon"})
    assert clock.now().year == 2021
