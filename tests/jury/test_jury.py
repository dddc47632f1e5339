"""A panel's life against the real database."""

import json
import threading
from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import connection, transaction

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.jury.actions import panels, recusals, score_sheets, seats, shortlists
from paike.jury.models import Commitment, Mark, Panel, Recusal, ScoreSheet, Seat
from paike.jury.queries import commitments, standings, works
from paike.jury.queries import panels as panel_queries
from paike.jury.queries import seats as seat_queries
from paike.jury.rules import sheets
from paike.voting.models import Statement
from tests.factories import accounts, ballots, orgs, race

NOW = race.NOW


@pytest.fixture
def call(db: None) -> Campaign:
    return race.campaign()


@pytest.fixture
def entries(call: Campaign) -> list[Entry]:
    return race.shortlist(call, works=3)


@pytest.fixture
def panel(call: Campaign) -> Panel:
    return race.panel(call)


def test_the_scheme_is_frozen_with_the_panel(panel: Panel) -> None:
    assert panel_queries.scheme_of(panel).quorum == 3
    assert panels.open_panel(campaign_id=panel.campaign_id, by=orgs.organiser(), now=NOW) == panel


class TestInvitations:
    def test_a_link_works_once(self, panel: Panel) -> None:
        seat, token = seats.invite(panel_id=panel.pk, name="王评委", by=orgs.organiser(), now=NOW)
        assert token not in seat.token_hash
        juror = accounts.staff_account()
        assert seats.accept(token=token, account=juror, now=NOW).account == juror
        with pytest.raises(seats.InvitationOver):
            seats.accept(token=token, account=accounts.staff_account(), now=NOW)

    def test_a_link_ends_after_fourteen_days(self, panel: Panel) -> None:
        _, token = seats.invite(panel_id=panel.pk, name="甲", by=orgs.organiser(), now=NOW)
        with pytest.raises(seats.InvitationOver):
            seats.accept(
                token=token, account=accounts.staff_account(), now=NOW + timedelta(days=14)
            )

    def test_a_new_link_ends_the_old_one(self, panel: Panel) -> None:
        by = orgs.organiser()
        seat, old = seats.invite(panel_id=panel.pk, name="甲", by=by, now=NOW)
        seats.decline(token=old, now=NOW)
        _, new = seats.invite_again(seat_id=seat.pk, by=by, now=NOW)
        with pytest.raises(seats.InvitationOver):
            seats.decline(token=old, now=NOW)
        assert seats.accept(token=new, account=accounts.staff_account(), now=NOW).number == 1

    def test_who_sees_names_and_figures_is_no_juror(self, panel: Panel) -> None:
        _, token = seats.invite(panel_id=panel.pk, name="甲", by=orgs.organiser(), now=NOW)
        for seeing in (orgs.organiser(), orgs.editor()):
            with pytest.raises(seats.NotNeutral):
                seats.accept(token=token, account=seeing, now=NOW)

    def test_nobody_sits_twice(self, panel: Panel) -> None:
        juror = race.seat(panel).account
        assert juror is not None
        _, token = seats.invite(panel_id=panel.pk, name="乙", by=orgs.organiser(), now=NOW)
        with pytest.raises(seats.AlreadyOnPanel):
            seats.accept(token=token, account=juror, now=NOW)


class TestMarks:
    def test_a_mark_is_saved_exactly_and_the_last_one_stands(
        self, panel: Panel, entries: list[Entry]
    ) -> None:
        seat = race.seat(panel)
        for typed, tenths in (("17.5", 175), ("18", 180)):
            score_sheets.mark(
                seat_id=seat.pk, entry_id=entries[0].pk, criterion="theme", typed=typed, now=NOW
            )
            assert Mark.objects.get().tenths == tenths

    def test_an_empty_field_takes_the_mark_away(self, panel: Panel, entries: list[Entry]) -> None:
        seat = race.seat(panel)
        for typed in ("3", ""):
            saved = score_sheets.mark(
                seat_id=seat.pk, entry_id=entries[0].pk, criterion="theme", typed=typed, now=NOW
            )
        assert Mark.objects.count() == 0
        assert saved.state is sheets.State.TODO

    def test_a_second_device_hears_of_the_conflict(
        self, panel: Panel, entries: list[Entry]
    ) -> None:
        seat = race.seat(panel)
        first, second = (
            score_sheets.mark(
                seat_id=seat.pk,
                entry_id=entries[0].pk,
                criterion="theme",
                typed=typed,
                seen=0,
                now=NOW,
            )
            for typed in ("10", "11")
        )
        assert (first.conflict, second.conflict) == (False, True)
        assert Mark.objects.get().tenths == 110

    def test_too_high_a_mark_is_refused(self, panel: Panel, entries: list[Entry]) -> None:
        with pytest.raises(sheets.BadMark):
            score_sheets.mark(
                seat_id=race.seat(panel).pk,
                entry_id=entries[0].pk,
                criterion="theme",
                typed="30.1",
                now=NOW,
            )
        assert ScoreSheet.objects.count() == 0

    def test_nothing_is_marked_outside_the_stage(self, panel: Panel, entries: list[Entry]) -> None:
        with pytest.raises(score_sheets.NotMarking):
            score_sheets.mark(
                seat_id=race.seat(panel).pk,
                entry_id=entries[0].pk,
                criterion="theme",
                typed="3",
                now=NOW + timedelta(days=60),
            )

    def test_for_later_is_not_done(self, panel: Panel, entries: list[Entry]) -> None:
        seat = race.seat(panel)
        saved = score_sheets.put_aside(seat_id=seat.pk, entry_id=entries[0].pk, later=True, now=NOW)
        assert saved.state is sheets.State.LATER
        (progress,) = panel_queries.progress(panel)
        assert (progress.progress.done, progress.progress.left) == (0, 3)

    def test_a_comment_is_kept(self, panel: Panel, entries: list[Entry]) -> None:
        seat = race.seat(panel)
        score_sheets.comment(seat_id=seat.pk, entry_id=entries[0].pk, text=" 好 ", now=NOW)
        assert ScoreSheet.objects.get().comment == "好"


class TestRecusal:
    def test_declared_recusals_leave_the_work_out(self, panel: Panel, entries: list[Entry]) -> None:
        seat = race.seat(panel)
        assert seat.account is not None
        race.fill(seat, entries)
        with pytest.raises(recusals.ReasonNeeded):
            recusals.declare(
                seat_id=seat.pk, entry_id=entries[0].pk, reason=" ", by=seat.account, now=NOW
            )
        recusals.declare(
            seat_id=seat.pk, entry_id=entries[0].pk, reason="曾任顾问", by=seat.account, now=NOW
        )
        assert standings.sheets(panel.campaign_id)[entries[0].pk] == {}
        with pytest.raises(score_sheets.NotYourWork):
            race.fill(seat, entries[:1])
        recusals.take_back(seat_id=seat.pk, entry_id=entries[0].pk, by=seat.account, now=NOW)
        assert len(standings.sheets(panel.campaign_id)[entries[0].pk]) == 1

    def test_jurors_are_stepped_aside_from_their_own_branch(self, call: Campaign) -> None:
        grassroots, district, city, body = orgs.branch()
        theirs = race.shortlist(call, works=2, unit=grassroots)
        others = race.shortlist(call, works=1, unit=orgs.unit(parent=orgs.body("BJ")))
        panel = race.panel(call)
        for unit in (grassroots, district, city, body, orgs.unit(parent=body)):
            seat = race.seat(panel, account=orgs.clerk(unit))
            stepped = set(Recusal.objects.filter(seat=seat).values_list("entry_id", flat=True))
            assert stepped == {work.pk for work in theirs}
            race.fill(seat, others)
            with pytest.raises(recusals.NotDeclared):
                recusals.take_back(
                    seat_id=seat.pk, entry_id=theirs[0].pk, by=orgs.organiser(), now=NOW
                )

    def test_who_serves_above_the_bodies_is_bound_to_none(self, call: Campaign) -> None:
        race.shortlist(call, works=1, unit=orgs.unit())
        race.seat(race.panel(call), account=orgs.clerk(orgs.tree()))
        assert Recusal.objects.count() == 0

    def test_jurors_do_not_mark_their_own_work(self, call: Campaign) -> None:
        (own,) = race.shortlist(call, works=1)
        seat = race.seat(race.panel(call), account=own.owner)
        assert Recusal.objects.get(seat=seat).automatic


class TestSealing:
    def test_only_complete_piles_are_sealed(self, panel: Panel, entries: list[Entry]) -> None:
        seat = race.seat(panel)
        assert seat.account is not None
        race.fill(seat, entries[:2])
        with pytest.raises(seats.NotComplete) as caught:
            seats.seal(seat_id=seat.pk, by=seat.account, now=NOW)
        assert caught.value.left == 1
        recusals.declare(
            seat_id=seat.pk, entry_id=entries[2].pk, reason="师徒", by=seat.account, now=NOW
        )
        assert seats.seal(seat_id=seat.pk, by=seat.account, now=NOW).sealed_at == NOW
        with pytest.raises(recusals.Sealed):
            race.fill(seat, entries[:1])

    def test_a_refilled_shortlist_opens_sealed_seats_for_the_new_work_alone(
        self, call: Campaign, panel: Panel, entries: list[Entry]
    ) -> None:
        seat = race.seat(panel)
        assert seat.account is not None
        race.fill(seat, entries)
        seats.seal(seat_id=seat.pk, by=seat.account, now=NOW)
        race.withdraw(entries[0])
        shortlists.follow(campaign_id=call.pk, now=NOW)
        assert Seat.objects.filter(pk=seat.pk, sealed_at__isnull=False).exists()
        (new,) = race.shortlist(call, works=1)
        shortlists.follow(campaign_id=call.pk, now=NOW)
        assert Seat.objects.filter(pk=seat.pk, sealed_at__isnull=True).exists()
        assert Mark.objects.filter(sheet__seat=seat).count() == 3 * len(panel.scheme["criteria"])
        race.fill(seat, [new])
        seats.seal(seat_id=seat.pk, by=seat.account, now=NOW)


class TestCommitting:
    """What was sealed is committed to; see docs/spec/ballot-log.md, "The jury"."""

    def test_sealing_commits_to_every_mark(
        self, call: Campaign, panel: Panel, entries: list[Entry]
    ) -> None:
        ballots.open_vote(call, now=NOW)
        seat = race.seat(panel)
        assert seat.account is not None
        race.fill(seat, entries, tenths=7)
        assert commitments.latest(call.pk) == []
        for _ in range(2):  # sealing twice commits once
            seats.seal(seat_id=seat.pk, by=seat.account, now=NOW)
        (made,) = commitments.latest(call.pk)
        assert set(commitments.pile_of(made).marks) == {entry.number for entry in entries}
        assert made.digest == commitments.pile_of(made).digest(bytes(made.salt))
        stated = json.loads(bytes(Statement.objects.get(kind="jury-commit").body))
        assert (stated["seat"], stated["sheets"]) == (seat.number, made.digest)

    def test_a_sheet_more_is_another_commitment(
        self, call: Campaign, panel: Panel, entries: list[Entry]
    ) -> None:
        seat = race.seat(panel)
        assert seat.account is not None
        race.fill(seat, entries)
        seats.seal(seat_id=seat.pk, by=seat.account, now=NOW)
        (new,) = race.shortlist(call, works=1)
        shortlists.follow(campaign_id=call.pk, now=NOW)
        race.fill(seat, [new])
        seats.seal(seat_id=seat.pk, by=seat.account, now=NOW)
        assert Commitment.objects.count() == 2
        (last,) = commitments.latest(call.pk)
        assert len(commitments.pile_of(last).marks) == 4

    def test_at_the_close_what_counts_is_committed_to(
        self, call: Campaign, panel: Panel, entries: list[Entry]
    ) -> None:
        by = orgs.organiser()
        jurors = [race.seat(panel) for _ in range(5)]
        for seat in jurors:
            race.fill(seat, entries)
            assert seat.account is not None
        for seat in jurors[:4]:
            assert seat.account is not None
            seats.seal(seat_id=seat.pk, by=seat.account, now=NOW)
        race.seat(panel)  # comes, and marks nothing
        Recusal.objects.create(
            seat=jurors[0], entry=entries[0], automatic=True, reason="本单位", at=NOW
        )
        panels.close(panel_id=panel.pk, reason="到时间了", by=by, now=NOW)
        counted = standings.sheets(call.pk)
        piles = {
            each.seat.number: commitments.pile_of(each) for each in commitments.latest(call.pk)
        }
        assert set(piles) == {seat.number for seat in jurors}
        for entry in entries:
            assert entry.number is not None
            sealed = {
                standings.juror_of(seat): pile.marks[entry.number]
                for seat, pile in piles.items()
                if entry.number in pile.marks
            }
            assert sealed == counted[entry.pk]
        assert Commitment.objects.count() == 6  # one of five for the second time


class TestClosing:
    def test_closing_over_a_late_juror_needs_a_reason(
        self, panel: Panel, entries: list[Entry]
    ) -> None:
        by = orgs.organiser()
        for tenths in (0, 5, 9, 30):
            race.fill(race.seat(panel), entries, tenths=tenths)
        late = race.seat(panel)
        race.fill(late, entries[:1])
        with pytest.raises(panels.JurorsAreLate):
            panels.close(panel_id=panel.pk, reason="", by=by, now=NOW)
        closed = panels.close(panel_id=panel.pk, reason="一位评委住院", by=by, now=NOW)
        assert closed.closed_at == NOW
        assert len(standings.sheets(panel.campaign_id)[entries[0].pk]) == 5
        assert len(standings.sheets(panel.campaign_id)[entries[1].pk]) == 4
        with pytest.raises(panels.PanelClosed):
            race.fill(late, entries)

    def test_a_work_below_quorum_keeps_the_panel_open(
        self, panel: Panel, entries: list[Entry]
    ) -> None:
        for _ in range(2):
            race.fill(race.seat(panel), entries)
        race.fill(race.seat(panel), entries[:2])
        with pytest.raises(panels.ShortOfQuorum) as caught:
            panels.close(panel_id=panel.pk, reason="时间到", by=orgs.organiser(), now=NOW)
        assert caught.value.works == {entries[2].pk: 2}

    def test_a_juror_who_leaves_leaves_the_sheets(self, panel: Panel, entries: list[Entry]) -> None:
        seat = race.seat(panel)
        race.fill(seat, entries[:1], tenths=50)
        seats.leave(seat_id=seat.pk, reason="调离", by=orgs.organiser(), now=NOW)
        assert seat.account is not None
        assert seat_queries.of_juror(panel_id=panel.pk, account=seat.account) is None
        points = Fraction(50 * len(panel.scheme["criteria"]), 10)
        assert standings.totals(panel.campaign_id) == {entries[0].pk: points}
        race.seat(panel)  # and another may come


def test_jurors_see_neither_names_nor_units(call: Campaign) -> None:
    unit = orgs.unit(name="不可见的单位")
    race.shortlist(call, works=1, unit=unit)
    (work,) = works.blind(call.pk)
    assert work.title == "师傅的灯1"
    assert unit.name not in repr(work)
    assert unit.short_name not in repr(work)
    assert "摄制组" not in repr(work)


def test_nobody_steps_aside_from_a_work_outside_the_race(panel: Panel) -> None:
    stranger = race.entry(panel.campaign, number=77)
    juror = accounts.staff_account()
    seat = race.seat(panel, account=juror)
    with pytest.raises(recusals.NotInTheRace):
        recusals.declare(seat_id=seat.pk, entry_id=stranger.pk, reason="旧识", by=juror, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_mark_that_meets_the_close_is_refused() -> None:
    call = race.campaign()
    works = race.shortlist(call, works=1)
    panel = race.panel(call)
    jurors = [race.seat(panel) for _ in range(4)]
    for juror in jurors[:3]:
        race.fill(juror, works, tenths=100)
    outcome: list[str] = []

    def mark() -> None:
        try:
            race.fill(jurors[3], works, tenths=50)
            outcome.append("saved")
        except panels.PanelClosed:
            outcome.append("closed")
        finally:
            connection.close()

    other = threading.Thread(target=mark)
    with transaction.atomic():
        panels.close(panel_id=panel.pk, reason="到时间了", by=orgs.organiser(), now=NOW)
        other.start()
        other.join(timeout=1)
        assert other.is_alive()  # it waits for the close
    other.join()
    assert outcome == ["closed"]
    assert not ScoreSheet.objects.filter(seat=jurors[3]).exists()
