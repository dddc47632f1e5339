import json
import threading
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from pytest_django.fixtures import Settings

from paike.awards.actions import committee_ballots, refills, results
from paike.awards.models import Award, OrganisationAward, Result, SupersededPaper
from paike.awards.queries import drafts
from paike.awards.queries import results as result_queries
from paike.awards.rules import computation
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.actions import disqualifications
from paike.entries.models import Entry
from paike.jury.actions import panels
from paike.kernel import canonical_json
from paike.notify.models import Message
from paike.voting.actions import detection_runs, rulings
from paike.voting.models import Act, DetectionRun, Statement
from paike_verify.files import Folder
from paike_verify.findings import Report
from paike_verify.log import check as check_log
from paike_verify.result import check as check_result
from tests.factories import ballots, orgs, race, stuffed
from tests.factories.published_log import published

LADDER = {
    "count = 3\n": "count = 1\n",
    "count = 10\n\n[[ladder": "count = 2\n\n[[ladder",
    "ladder_fills_shortlist = true": "ladder_fills_shortlist = false",
}
SHORT = LADDER | {
    "count = 20\n": "count = 1\n",
    "count = 30\n": "count = 1\n",
    "count = 37\n": "count = 1\n",
}


class Race:
    """Eight works, some votes, three jurors, the panel closed, the vote over."""

    def __init__(
        self, *, equal: bool = False, ladder: dict[str, str] = LADDER, counted: bool = True
    ) -> None:
        self.call = race.campaign(replace=ladder)
        self.body = orgs.body("GD")
        self.works = race.shortlist(self.call, works=8, unit=orgs.unit(parent=self.body))
        race.recommend(self.call, body=self.body, entries=self.works[:4])
        if not equal:
            self._vote(counted=counted)
        self.panel = race.panel(self.call)
        for tenths in (100, 120, 125):
            seat = race.seat(self.panel)
            if equal:
                for work in self.works:
                    race.fill(seat, [work], tenths=tenths)
            else:
                race.fill(seat, self.works, tenths=tenths)
        self.organiser = orgs.organiser()

    def _vote(self, *, counted: bool) -> None:
        ballots.open_vote(self.call, now=race.NOW)
        for start in range(3):
            ballots.taken(self.call, self.works[start : start + 5], now=race.NOW)
        if counted:
            ballots.close_vote(self.call, now=self.over)

    @property
    def over(self) -> datetime:
        return race.after_the_vote(self.call)

    def close(self) -> None:
        panels.close(panel_id=self.panel.pk, reason="封卷前关闭", by=self.organiser, now=self.over)

    def publish(self) -> Result:
        return results.publish(campaign_id=self.call.pk, by=self.organiser, now=self.over)


@pytest.fixture
def held(db: None) -> Race:
    made = Race()
    made.close()
    return made


def levels(result: Result) -> list[tuple[str, int]]:
    return [(award.level, award.rank) for award in result_queries.awards(result)]


def test_publishing_gives_the_prizes_and_freezes_everything(held: Race) -> None:
    result = held.publish()
    assert levels(result)[:3] == [("special", 1), ("first", 2), ("first", 3)]
    assert len(levels(result)) == 8
    best = result_queries.awards(result)[0]
    assert best.entry == held.works[7]  # the jury gave it most
    assert best.number.startswith(f"{held.over.year}-{result.digest[:6].upper()}-001")
    assert OrganisationAward.objects.get().organisation == held.body
    assert Message.objects.filter(kind="award.announced").count() == 8
    stated = json.loads(bytes(Statement.objects.get(campaign=held.call, kind="result").body))
    assert stated["digest"] == result.digest  # in the ballot log
    with pytest.raises(ProgrammingError), transaction.atomic():
        Result.objects.update(digest="0" * 64)


def test_the_log_commits_to_every_sheet_and_opens_it(
    held: Race, tmp_path: Path, settings: Settings
) -> None:
    """Whoever has the log and the computation can tell that no mark was changed in between."""
    settings.BALLOT_LOGS = tmp_path / "ballot-logs"
    result, report = held.publish(), Report()
    log = published(held.call, settings.BALLOT_LOGS, now=held.over)
    checked = check_log(Folder(log), report)
    assert {seat: len(marks) for seat, marks in checked.piles.items()} == {1: 8, 2: 8, 3: 8}
    assert checked.result == result.digest
    content = canonical_json.dumps(result.computation)
    check_result(content, report, digests={"log": result.digest}, piles=checked.piles)
    assert report.findings == []
    checked.piles[2][str(held.works[0].number)][0] -= 1
    check_result(content, report, digests={}, piles=checked.piles)
    assert "J2" in report.findings[0].en


def test_every_shortlisted_entrant_hears_the_result(db: None) -> None:
    made = Race(ladder=SHORT)
    made.close()
    result = made.publish()
    won = Message.objects.filter(kind="award.announced").count()
    thanked = Message.objects.filter(kind="award.none").count()
    assert won == Award.objects.filter(result=result).count()
    assert (won, thanked) == (6, 2)


def test_the_published_json_reproduces_itself(held: Race) -> None:
    result = held.publish()
    published = json.loads(canonical_json.dumps(Result.objects.get(pk=result.pk).computation))
    assert canonical_json.digest(published) == result.digest
    assert computation.recompute(published) == published["steps"]
    assert computation.recompute_organisations(published) == published["organisations"]


def test_nothing_personal_is_published(held: Race) -> None:
    text = json.dumps(held.publish().computation, ensure_ascii=False)
    assert "评委" not in text
    assert str(held.works[0].owner_id) not in text


def test_what_forbids_publication_is_said_all_at_once(db: None) -> None:
    made = Race()
    with pytest.raises(results.NotReady) as caught:
        results.publish(campaign_id=made.call.pk, by=made.organiser, now=race.NOW)
    assert caught.value.obstacles == [drafts.VOTE_RUNS, drafts.PANEL_OPEN]
    assert Result.objects.count() == 0


def test_the_count_is_waited_for(db: None) -> None:
    made = Race(counted=False)
    made.close()
    with pytest.raises(results.NotReady) as caught:
        made.publish()
    assert caught.value.obstacles == [drafts.VOTE_SETTLES, drafts.LOOK_AWAITED]
    ballots.close_vote(made.call, now=made.over)
    made.publish()


def test_the_last_look_after_the_close_is_waited_for(held: Race) -> None:
    DetectionRun.objects.filter(campaign=held.call).update(finished_at=None)
    with pytest.raises(results.NotReady) as caught:
        held.publish()
    assert caught.value.obstacles == [drafts.LOOK_AWAITED]
    (due,) = detection_runs.due(now=held.over)
    detection_runs.run(campaign_id=held.call.pk, slot=due[1], is_final=True, now=held.over)
    held.publish()


def test_no_result_while_quarantines_are_undecided(held: Race) -> None:
    """Else their ballots would stay out of the frozen result, void without two people."""
    waiting = [stuffed.set_aside(held.call, work, now=held.over) for work in held.works[:2]]
    for left in (2, 1):
        with pytest.raises(results.NotReady) as caught:
            held.publish()
        assert caught.value.obstacles == [drafts.UNDECIDED.fill(n=left)]
        proposal = rulings.propose(
            quarantine_id=waiting.pop().pk, act=Act.RELEASE, sanctioned=False, reason="海报",
            by=held.organiser, now=held.over,
        )  # fmt: skip
        rulings.confirm(ruling_id=proposal.pk, by=orgs.organiser(), now=held.over)
    held.publish()


def test_published_once(held: Race) -> None:
    held.publish()
    with pytest.raises(results.AlreadyPublished):
        held.publish()


class TestCommittee:
    @pytest.fixture
    def tied(self, db: None) -> Race:
        made = Race(equal=True)
        made.close()
        return made

    def order(self, tied: Race) -> list[UUID]:
        return [work.pk for work in tied.works]

    def test_an_unbroken_tie_at_a_cut_blocks_until_the_committee_has_voted(
        self, tied: Race
    ) -> None:
        with pytest.raises(results.NotReady) as caught:
            tied.publish()
        assert len(caught.value.obstacles) == 1
        committee_ballots.record(
            campaign_id=tied.call.pk,
            order=self.order(tied),
            minutes="7月9日，7 人出席，逐一表决。",
            by=tied.organiser,
            now=tied.over,
        )
        result = tied.publish()
        assert [award.entry_id for award in result_queries.awards(result)] == self.order(tied)
        assert computation.recompute(result.computation) == result.computation["steps"]

    def test_a_ballot_orders_exactly_the_tied_works(self, tied: Race) -> None:
        for wrong in (self.order(tied)[:3], [*self.order(tied), self.order(tied)[0]]):
            with pytest.raises(committee_ballots.NotATie):
                self.record(tied, wrong, "记录")

    def test_no_ballot_in_passing_while_votes_may_come(self, db: None) -> None:
        running = Race(equal=True)
        with pytest.raises(committee_ballots.TooEarly):
            committee_ballots.record(
                campaign_id=running.call.pk,
                order=self.order(running),
                minutes="记录",
                by=running.organiser,
                now=race.NOW,
            )

    def test_a_ballot_has_minutes(self, tied: Race) -> None:
        with pytest.raises(committee_ballots.MinutesNeeded):
            self.record(tied, self.order(tied), "  ")

    def record(self, tied: Race, order: list[UUID], minutes: str) -> None:
        committee_ballots.record(
            campaign_id=tied.call.pk, order=order, minutes=minutes, by=tied.organiser, now=tied.over
        )


class TestLeaving:
    def test_before_publication_everything_is_computed_anew(self, held: Race) -> None:
        race.withdraw(held.works[7])
        draft = drafts.of_campaign(held.call, now=held.over)
        assert str(held.works[7].pk) not in draft.outcome.scores
        assert levels(held.publish())[0] == ("special", 1)
        assert Award.objects.count() == 7

    def test_afterwards_places_are_refilled_in_the_published_order(self, held: Race) -> None:
        result = held.publish()
        before = result_queries.awards(result)
        race.withdraw(before[0].entry)
        moved = refills.follow(entry_id=before[0].entry_id, reason="抄袭", now=held.over)
        after = result_queries.awards(result)
        assert [award.entry_id for award in after] == [each.entry_id for each in before[1:]]
        assert [award.level for award in after[:3]] == ["special", "first", "first"]
        assert {award.rank for award in after} == {each.rank for each in before[1:]}
        assert moved[0].entry_id == before[1].entry_id
        old = SupersededPaper.objects.get(check_code=before[1].check_code)
        assert (old.level, old.number) == ("first", before[1].number)
        assert Result.objects.get().computation == result.computation

    def test_a_code_always_gets_an_answer(self, held: Race) -> None:
        best, second, *_ = result_queries.awards(held.publish())
        refills.follow(entry_id=best.entry_id, reason="抄袭", now=held.over)
        revoked = result_queries.by_check_code(best.check_code).award
        assert revoked is not None
        assert revoked.revoked_why == "抄袭"
        replaced = result_queries.by_check_code(second.check_code)
        assert replaced.award is None
        assert replaced.superseded is not None
        assert result_queries.by_check_code("NOSUCHCODE") == result_queries.Papers()

    def test_two_leaving_works_keep_numbers_unique(self, held: Race) -> None:
        result = held.publish()
        for award in result_queries.awards(result)[:3]:
            race.withdraw(award.entry)
            refills.follow(entry_id=award.entry_id, reason="抄袭", now=held.over)
        numbers = list(Award.objects.values_list("number", flat=True))
        assert len(numbers) == len(set(numbers)) == 8
        assert [award.level for award in result_queries.awards(result)][:3] == [
            "special",
            "first",
            "first",
        ]

    def test_a_work_without_an_award_changes_nothing(self, held: Race) -> None:
        stranger: Entry = race.entry(held.call, number=77)
        assert refills.follow(entry_id=stranger.pk, reason="x", now=held.over) == []


def test_the_draft_costs_the_same_for_few_and_many_works(
    db: None, django_assert_max_num_queries: object
) -> None:
    call: Campaign = race.campaign()
    race.shortlist(call, works=12)
    seat = race.seat(race.panel(call))
    race.fill(seat, [])
    assert campaigns.rulebook_of(call)
    with django_assert_max_num_queries(15):  # type: ignore[operator]  # pytest-django's fixture
        drafts.of_campaign(call, now=race.NOW)


@pytest.mark.django_db(transaction=True)
def test_a_work_disqualified_during_the_publication_loses_its_prize() -> None:
    made = Race()
    made.close()
    leaver = made.works[7]

    def disqualify() -> None:
        try:
            disqualifications.disqualify(
                entry=leaver, by=made.organiser, reason="抄袭", now=made.over
            )
        finally:
            connection.close()

    other = threading.Thread(target=disqualify)
    with transaction.atomic():
        result = made.publish()
        other.start()
        other.join(timeout=1)
        assert other.is_alive()  # it waits for the publication
    other.join()
    assert Award.objects.get(entry=leaver).revoked_at == made.over
    assert leaver.pk not in {award.entry_id for award in result_queries.awards(result)}
    assert levels(result)[0] == ("special", 2)


@pytest.mark.django_db(transaction=True)
def test_two_works_disqualified_at_once_are_refilled_one_after_the_other() -> None:
    made = Race()
    made.close()
    result = made.publish()
    leavers = [award.entry for award in result_queries.awards(result)[:2]]
    together = threading.Barrier(2)

    def disqualify(entry: Entry) -> None:
        together.wait()
        try:
            disqualifications.disqualify(
                entry=entry, by=made.organiser, reason="抄袭", now=made.over
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=disqualify, args=(one,)) for one in leavers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert levels(result)[:3] == [("special", 3), ("first", 4), ("first", 5)]
