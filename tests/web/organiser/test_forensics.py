"""The organiser's ballot check, from the look to the second person's word."""

import csv
import json
import re
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from bench.stuffing import attacks
from django.test import Client

from paike.kernel import clock
from paike.orgs.actions import staff_invitations
from paike.voting.actions import detection_runs
from paike.voting.models import DetectionRun, Quarantine, Ruling
from paike.voting.rules.detection import picture
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


def test_who_was_invited_by_the_proposer_is_told_why_not(vote: stuffed.Vote) -> None:
    slug, now = vote.call.slug, clock.now()
    quarantine = Quarantine.objects.get(work=vote.numbers[7])
    one = orgs.organiser()
    _, token = staff_invitations.issue(
        organisation=orgs.body("UNDERTAKER"), role="organiser", by=one, now=now
    )
    two = accounts.staff_account()
    staff_invitations.accept(token, two, now)
    accounts.client(one, strong=True).post(
        f"/organise/{slug}/quarantines/{quarantine.pk}/rulings/",
        {"act": "release", "reason": "海报"},
    )
    ruling = Ruling.objects.get()
    second = accounts.client(two, strong=True)
    page = second.get(f"/organise/{slug}/forensics/{quarantine.work}/").content.decode()
    assert "不是对方邀请来的" in page
    confirmation = f"/organise/{slug}/rulings/{ruling.pk}/confirmation/"
    assert confirmation not in page
    refused = second.post(confirmation, follow=True)
    assert "不是对方邀请来的" in refused.content.decode()
    ruling.refresh_from_db()
    assert ruling.confirmed_at is None


def test_void_waits_for_the_entrant(vote: stuffed.Vote) -> None:
    slug, quarantine = vote.call.slug, Quarantine.objects.get(work=vote.numbers[7])
    answer = signed_in().post(
        f"/organise/{slug}/quarantines/{quarantine.pk}/rulings/",
        {"act": "void", "reason": "脚本"},
        follow=True,
    )
    assert "投稿人的说明期限还没到" in answer.content.decode()
    assert not Ruling.objects.exists()


class TestFigures:
    """What the pages and files say of votes and ranks, before the close and after."""

    @pytest.fixture
    def over(
        self, vote: stuffed.Vote, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> stuffed.Vote:
        monkeypatch.setenv("PAIKE_CLOCK_FILE", f"{tmp_path}/clock")
        clock.move_to(vote.closes)
        return vote

    def get(self, vote: stuffed.Vote, name: str = "") -> str:
        address = f"/organise/{vote.call.slug}/forensics/{name}"
        return signed_in().get(address).content.decode()

    def test_before_the_close_only_suspect_ballots_are_told(self, vote: stuffed.Vote) -> None:
        run = DetectionRun.objects.get()
        ranked = {one["number"]: one["votes"] for one in run.picture["ranking"]}
        number = vote.numbers[7]
        hours = run.picture["works"][str(number)]["hours"]
        secrets = {f"{run.ballots:,}", str(run.ballots), str(ranked[number]), str(hours)}
        pages = [self.get(vote, name) for name in ("", f"{number}/", "forensics.json")]
        told = json.loads(pages[2])
        assert told["picture"]["ranking"] == []
        assert set(told["picture"]["works"][str(number)]) == {
            "suspect", "suspect_hours", "hasty_suspect", "networks", "links",
        }  # fmt: skip
        assert told["picture"]["works"][str(number)]["suspect"] > 150
        assert not {key for one in told["findings"] for key in one["figures"]} & picture.TOTALS
        assert "evidence" not in told["quarantines"][0]
        for page in pages:
            words = set(re.findall(r"[\d,]+|\[[\d, ]+\]", page))
            assert not secrets & words
        for page in pages[:2]:
            assert "票数和名次截止后才显示" in page
            assert "名次怎样变" not in page
            assert "company-data" not in page
        assert (
            signed_in().get(f"/organise/{vote.call.slug}/forensics/ranking.csv").status_code == 403
        )

    def test_after_the_close_everything_is(self, over: stuffed.Vote) -> None:
        number = over.numbers[7]
        page = self.get(over)
        assert "名次怎样变" in page
        assert "票数和名次截止后才显示" not in page
        assert "平常约" in self.get(over, "findings.csv")
        told = json.loads(self.get(over, "forensics.json"))
        assert told["quarantines"][0]["evidence"]["work"] in over.numbers
        rows = list(csv.reader(self.get(over, "ranking.csv").lstrip("\ufeff").splitlines()))
        assert [int(row[0]) for row in rows[1:]] == [
            one["number"] for one in told["picture"]["ranking"]
        ]
        lost = next(int(row[3]) for row in rows if row[0] == str(number))
        assert lost > 150

    def test_votes_shown_live_are_shown_here_too(self) -> None:
        now = clock.now()
        made = stuffed.vote(
            now=now, works=5, replace={'counts = "frozen-last-day"': 'counts = "live"'}
        )
        stuffed.one(made, made.numbers[:5], at=now)
        detection_runs.run(campaign_id=made.call.pk, slot=now, is_final=False, now=now)
        assert len(json.loads(self.get(made, "forensics.json"))["picture"]["ranking"]) == 5

    def test_the_table_holds_every_hour_of_the_chart(self, over: stuffed.Vote) -> None:
        page = self.get(over, f"{over.numbers[7]}/")
        hours = DetectionRun.objects.get().picture["works"][str(over.numbers[7])]["hours"]
        table = page[page.index("data-timeline") : page.index("</table>")]
        assert len(hours) > 24
        assert table.count("<tr>") == len(hours) + 1

    def test_links_are_a_table_and_every_work_has_a_timeline(self, over: stuffed.Vote) -> None:
        run = DetectionRun.objects.get()
        page = self.get(over, f"{over.numbers[7]}/")
        table = page[page.index('id="links"') :]
        links = run.picture["works"][str(over.numbers[7])]["links"]
        assert table[: table.index("</table>")].count("<tr>") == len(links) + 1
        list_ = self.get(over)
        quiet = next(
            number for number in over.numbers if not run.findings.filter(work=number).exists()
        )
        assert f"/forensics/{quiet}/" in list_
        assert "timeline-data" in self.get(over, f"{quiet}/")


def test_the_exports_hold_nobody(vote: stuffed.Vote) -> None:
    slug, client = vote.call.slug, signed_in()
    table = client.get(f"/organise/{slug}/forensics/findings.csv")
    assert "突增" in table.content.decode()
    text = client.get(f"/organise/{slug}/forensics/forensics.json").content.decode()
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
