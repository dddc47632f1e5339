from datetime import timedelta

import pytest
from django.test import Client

from paike.awards.models import CommitteeBallot, Result
from paike.jury.models import Seat
from paike.kernel import clock
from paike.voting.actions import sequencing
from tests.awards.actions.test_results import LADDER, Race
from tests.factories import accounts, ballots, orgs, race, stuffed


@pytest.fixture
def organiser(db: None) -> Client:
    return accounts.client(orgs.organiser(), strong=True)


def test_a_link_is_shown_once(organiser: Client) -> None:
    call = race.campaign(now=clock.now())
    organiser.post(f"/organise/{call.slug}/jury/opening/")
    shown = organiser.post(f"/organise/{call.slug}/jury/seats/", {"name": "王评委"})
    assert "/jury/invitations/" in shown.content.decode()
    assert (
        "/jury/invitations/" not in organiser.get(f"/organise/{call.slug}/jury/").content.decode()
    )
    seat = Seat.objects.get()
    again = organiser.post(f"/organise/{call.slug}/jury/seats/{seat.pk}/invitation/")
    assert "/jury/invitations/" in again.content.decode()
    organiser.post(f"/organise/{call.slug}/jury/seats/{seat.pk}/leave/", {"reason": "另有安排"})
    seat.refresh_from_db()
    assert seat.left_at is not None


def test_closing_needs_quorum(organiser: Client) -> None:
    now = clock.now()
    call = race.campaign(now=now)
    race.shortlist(call, works=2, now=now)
    panel = race.panel(call, now=now)
    refused = organiser.post(f"/organise/{call.slug}/jury/closing/", {"reason": "林老师生病"})
    assert "林老师生病</textarea>" in refused.content.decode()  # what was typed is still there
    panel.refresh_from_db()
    assert panel.closed_at is None
    assert "完整评分不足 3 份" in organiser.get(f"/organise/{call.slug}/jury/").content.decode()


class At:
    """A clock file that puts the web's clock at a moment."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
        monkeypatch.setenv("PAIKE_CLOCK_FILE", f"{tmp_path}/clock")


def test_the_draft_shows_lines_and_publishes(
    organiser: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    At(monkeypatch, tmp_path)
    made = Race()
    draft = f"/organise/{made.call.slug}/result/"
    clock.move_to(race.NOW)
    assert "投票还没有结束" in organiser.get(draft).content.decode()
    made.close()
    assert "lines" not in organiser.get(draft).context  # marks are in, votes are not
    clock.move_to(made.over + timedelta(minutes=1))
    page = organiser.get(draft)
    assert len(page.context["lines"]) == 2
    assert "现在公布结果" in page.content.decode()
    organiser.post(f"{draft}publication/")
    assert Result.objects.count() == 1
    assert "已于" in organiser.get(draft).content.decode()


def test_the_draft_leads_to_what_waits_for_two_people(
    organiser: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    At(monkeypatch, tmp_path)
    made = Race()
    clock.move_to(made.over + timedelta(minutes=1))
    stuffed.set_aside(made.call, made.works[0], now=made.over)
    desk = f"/organise/{made.call.slug}/forensics/"
    for _ in ("before the panel is closed", "after"):
        page = organiser.get(f"/organise/{made.call.slug}/result/").content.decode()
        section = page[page.index('id="obstacles"') :]
        assert "1 批待核实的选票还没有决定" in section
        assert desk in section[: section.index("</section>")]
        assert "现在公布结果" not in page
        if made.panel.closed_at is None:
            made.close()
            made.panel.refresh_from_db()


def test_the_committees_ballot_is_recorded_from_the_form(
    organiser: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    At(monkeypatch, tmp_path)
    made = Race(equal=True)
    made.close()
    clock.move_to(made.over)
    draft = f"/organise/{made.call.slug}/result/"
    assert "须由评委会表决排序" in organiser.get(draft).content.decode()
    places = {f"place-{work.pk}": str(8 - index) for index, work in enumerate(made.works)}
    organiser.post(f"{draft}committee/", places | {"minutes": ""})
    twice = places | {f"place-{made.works[0].pk}": "1", f"place-{made.works[1].pk}": "1"}
    refused = organiser.post(f"{draft}committee/", twice | {"minutes": "七人出席"}).content.decode()
    assert "七人出席</textarea>" in refused  # what was typed is still there
    assert (
        f'name="place-{made.works[1].pk}" inputmode="numeric" required pattern="[0-9]+" value="1"'
        in refused
    )
    assert CommitteeBallot.objects.count() == 0
    organiser.post(f"{draft}committee/", places | {"minutes": "7 人出席，记名表决。"})
    assert CommitteeBallot.objects.get().order == [str(work.pk) for work in reversed(made.works)]
    assert organiser.get(draft).context["draft"].is_ready


@pytest.mark.parametrize("counts", ["live", "every-10-minutes", "hidden", "never"])
def test_no_figure_is_read_before_the_close_but_what_everybody_sees(
    organiser: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: object, counts: str
) -> None:
    At(monkeypatch, tmp_path)
    made = Race(
        equal=counts == "never",
        ladder=LADDER | {'counts = "frozen-last-day"': f'counts = "{counts}"'},
        counted=False,
    )
    if counts != "never":
        ballots.sequence(made.call)
    clock.move_to(race.NOW + timedelta(minutes=20))
    sequencing.keep_snapshots(now=clock.now())
    answer = organiser.get(f"/organise/{made.call.slug}/result/")
    page = answer.content.decode()
    public = counts in ("live", "every-10-minutes")
    assert ("3 票" in page) is public
    assert "rows" not in answer.context  # neither marks nor places
    assert "并列" not in page  # what is tied says who is near whom
    numbers = [number for number, _title, _votes in answer.context["works"]]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("tail", ["jury/", "result/"])
def test_only_organisers_enter(db: None, tail: str) -> None:
    call = race.campaign()
    clerk = accounts.client(orgs.clerk(), strong=True)
    assert clerk.get(f"/organise/{call.slug}/{tail}").status_code == 403
