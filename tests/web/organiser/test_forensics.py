"""The organiser's ballot check, from the look to the second person's word."""

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from bench.stuffing import attacks
from django.test import Client

from paike.kernel import clock
from paike.voting.actions import detection_runs
from paike.voting.models import Quarantine, Ruling
from tests.factories import accounts, orgs, stuffed

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote() -> stuffed.Vote:
    """A vote with a script for the seventh work, looked at once."""
    now = clock.now()
    made_vote = stuffed.vote(now=now)
    made, honest = stuffed.people(1_500)
    stuffed.put(made_vote, honest)
    stuffed.put(made_vote, attacks.script(made, 7, 200))
    detection_runs.run(campaign_id=made_vote.call.pk, slot=now, is_final=False, now=now)
    return made_vote


def signed_in() -> Client:
    return accounts.client(orgs.organiser(), strong=True)


def test_the_pages_tell_what_was_found_and_two_people_decide(vote: stuffed.Vote) -> None:
    slug, number = vote.call.slug, vote.numbers[7]
    quarantine = Quarantine.objects.get(work=number)
    one, two = signed_in(), signed_in()
    page = one.get(f"/organise/{slug}/forensics/").content.decode()
    assert f"/organise/{slug}/forensics/{number}/" in page
    assert "突增" in page
    work = one.get(f"/organise/{slug}/forensics/{number}/").content.decode()
    assert "timeline-data" in work
    proposal = {"act": "release", "reason": "厂门口贴了海报"}
    one.post(f"/organise/{slug}/quarantines/{quarantine.pk}/rulings/", proposal)
    ruling = Ruling.objects.get()
    same = one.post(f"/organise/{slug}/rulings/{ruling.pk}/confirmation/", follow=True)
    assert "不能自己确认" in same.content.decode()
    ruling.refresh_from_db()
    assert ruling.confirmed_at is None
    two.post(f"/organise/{slug}/rulings/{ruling.pk}/confirmation/")
    ruling.refresh_from_db()
    assert ruling.confirmed_at is not None


def test_void_waits_for_the_entrant(vote: stuffed.Vote) -> None:
    slug, quarantine = vote.call.slug, Quarantine.objects.get(work=vote.numbers[7])
    answer = signed_in().post(
        f"/organise/{slug}/quarantines/{quarantine.pk}/rulings/",
        {"act": "void", "reason": "脚本"},
        follow=True,
    )
    assert "投稿人的说明期限还没到" in answer.content.decode()
    assert not Ruling.objects.exists()


def test_the_exports_hold_nobody(vote: stuffed.Vote) -> None:
    slug, client = vote.call.slug, signed_in()
    table = client.get(f"/organise/{slug}/forensics/findings.csv")
    assert "突增" in table.content.decode()
    text = client.get(f"/organise/{slug}/forensics/forensics.json").content.decode()
    data = json.loads(text)
    assert data["picture"]["works"][str(vote.numbers[7])]["suspect"] > 150
    for word in ("voter", "network_id", "cast_at", "phone"):
        assert word not in text


def test_the_entrant_answers_and_the_organiser_reads_it(vote: stuffed.Vote) -> None:
    work = vote.works[7]
    quarantine = Quarantine.objects.get(entry=work)
    entrant = accounts.client(work.owner)
    page = entrant.get(f"/entries/{work.pk}/votes/").content.decode()
    assert str(quarantine.ballots) in page
    empty = entrant.post(f"/entries/{work.pk}/votes/", {"case": str(quarantine.pk), "text": " "})
    assert "请写下您知道的情况" in empty.content.decode()
    long = entrant.post(
        f"/entries/{work.pk}/votes/", {"case": str(quarantine.pk), "text": "长" * 2001}
    )
    assert "长" * 2001 in long.content.decode(), "what was typed is not lost"
    entrant.post(f"/entries/{work.pk}/votes/", {"case": str(quarantine.pk), "text": "工会贴了海报"})
    desk = signed_in().get(f"/organise/{vote.call.slug}/forensics/{work.number}/")
    assert "工会贴了海报" in desk.content.decode()


def test_a_clerk_declares_a_window_that_is_public() -> None:
    now = clock.now()
    unit = orgs.unit(parent=orgs.body("GD"))
    clerk = accounts.client(orgs.clerk(unit), strong=True)
    made = stuffed.vote(works=5, unit=unit, now=now)
    from paike.review.actions import referrals

    for each in made.works:
        referrals.open_first(version_id=each.versions.get().pk, now=now)
    address = f"/desk/units/{unit.pk}/windows/?call={made.call.slug}"
    assert clerk.get(address).status_code == 200
    start = now.astimezone(ZoneInfo("Asia/Shanghai")) + timedelta(hours=1)  # as people there type
    values = {
        "entry": str(made.works[0].pk),
        "start": start.strftime("%Y-%m-%dT%H:%M"),
        "end": (start + timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M"),
        "reason": "下班贴海报",
    }
    assert "最长 12 小时" in clerk.post(address, values, follow=True).content.decode()
    values["end"] = (start + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    assert "已声明" in clerk.post(address, values, follow=True).content.decode()
    assert "下班贴海报" in Client().get(f"/c/{made.call.slug}/count/").content.decode()


def test_a_unit_over_whose_desk_nothing_came_declares_a_window_too() -> None:
    """The union above the unit that sent the works in, and a call that reviews nothing there."""
    now = clock.now()
    body = orgs.body("GD")
    unit = orgs.unit(parent=body)
    made = stuffed.vote(works=3, unit=unit, now=now)
    start = now.astimezone(ZoneInfo("Asia/Shanghai")) + timedelta(hours=1)
    for place, above in enumerate((unit, body)):
        clerk = accounts.client(orgs.clerk(above), strong=True)
        address = f"/desk/units/{above.pk}/windows/"
        assert address in clerk.get("/desk/").content.decode()
        values = {
            "entry": str(made.works[place].pk),
            "start": start.strftime("%Y-%m-%dT%H:%M"),
            "end": (start + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
            "reason": f"海报 {place}",
        }
        assert "已声明" in clerk.post(address, values, follow=True).content.decode()
        assert f"海报 {place}" in Client().get(f"/c/{made.call.slug}/count/").content.decode()
    other = accounts.client(orgs.clerk(orgs.body("SD")), strong=True)
    assert other.get(f"/desk/units/{unit.pk}/windows/").status_code == 403
    assert other.get(f"/desk/units/{unit.pk}/windows/?call=nowhere").status_code == 403
