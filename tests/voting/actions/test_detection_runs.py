"""A look at all ballots: what it sets aside, what stands in the log, and that twice is once."""

import json
from datetime import timedelta

import pytest
from bench.stuffing import attacks

from paike.kernel import canonical_json
from paike.notify.models import Message
from paike.voting.actions import counting, detection_runs, rulings
from paike.voting.models import (
    Act,
    Ballot,
    DetectionRun,
    LogEntry,
    OfficialCount,
    Quarantine,
    QuarantinedBallot,
    Statement,
)
from paike.voting.queries import standings
from tests.factories import orgs, race
from tests.factories import stuffed as ballots

pytestmark = pytest.mark.django_db
HOUR = race.NOW.replace(minute=0, second=0, microsecond=0)


def stuffed(number: int = 250) -> tuple[ballots.Vote, set[int]]:
    """A vote of a few thousand honest ballots and a script for the seventh work; the ballots of the
    script by id."""
    vote = ballots.vote()
    made, honest = ballots.people(2_500)
    made.rng = type(made.rng)(type(made.rng.bit_generator)(5))
    ballots.put(vote, honest)
    known = set(Ballot.objects.values_list("pk", flat=True))
    ballots.put(vote, attacks.script(made, 7, number))
    return vote, set(Ballot.objects.values_list("pk", flat=True)) - known


def look(vote: ballots.Vote, **changes: object) -> DetectionRun | None:
    values: dict[str, object] = {"slot": HOUR, "is_final": False, "now": race.NOW}
    return detection_runs.run(campaign_id=vote.call.pk, **(values | changes))  # type: ignore[arg-type]


def test_a_script_is_set_aside_and_the_honest_are_left_alone() -> None:
    vote, script = stuffed()
    run = look(vote)
    assert run is not None
    assert run.ballots == Ballot.objects.count()
    taken = set(QuarantinedBallot.objects.values_list("ballot_id", flat=True))
    assert len(taken & script) > 0.9 * len(script)
    assert len(taken - script) < 0.005 * (run.ballots - len(script))


def test_the_log_names_exactly_the_ballots_and_the_evidence() -> None:
    vote, _ = stuffed()
    look(vote)
    quarantine = Quarantine.objects.get(entry=vote.works[7])
    stated = [
        json.loads(bytes(one.body))
        for one in Statement.objects.filter(kind="quarantine").order_by("id")
    ]
    mine = [body for body in stated if body["id"] == str(quarantine.pk)]
    indexes = {
        index
        for body in mine
        for first, last in body["ballots"]
        for index in range(first, last + 1)
    }
    rows = LogEntry.objects.filter(ballot__quarantined__quarantine=quarantine)
    assert indexes == set(rows.values_list("index", flat=True))
    evidence = json.loads(quarantine.evidence)
    assert canonical_json.digest(evidence) == quarantine.evidence_sha256 == mine[0]["evidence"]
    assert set(evidence["detectors"]) == set(quarantine.detectors)
    assert len({one["family"] for one in evidence["detectors"].values()}) >= 2


def test_a_run_that_was_done_is_not_done_again() -> None:
    vote, _ = stuffed()
    assert look(vote) is not None
    before = (Quarantine.objects.count(), Statement.objects.count(), Message.objects.count())
    assert look(vote) is None
    assert look(vote, slot=HOUR + timedelta(hours=1)) is not None
    after = (Quarantine.objects.count(), Statement.objects.count(), Message.objects.count())
    assert after == before, "the next hour finds the same ballots, which are set aside already"


def test_what_is_set_aside_does_not_count_and_what_is_released_does_for_good() -> None:
    vote, _ = stuffed()
    cast = dict(vote.log.votes)
    look(vote)
    quarantine = Quarantine.objects.get(entry=vote.works[7])
    seventh = vote.numbers[7]
    assert (
        standings.counted(vote.call.pk)[seventh]
        == cast[str(seventh)] - quarantine.votes[str(seventh)]
    )
    one, two = orgs.organiser(), orgs.organiser()
    for each in Quarantine.objects.all():
        ruling = rulings.propose(
            quarantine_id=each.pk, act=Act.RELEASE, sanctioned=False, reason="海报", by=one,
            now=race.NOW,
        )  # fmt: skip
        rulings.confirm(ruling_id=ruling.pk, by=two, now=race.NOW)
    assert standings.counted(vote.call.pk)[seventh] == cast[str(seventh)]
    look(vote, slot=HOUR + timedelta(hours=1))
    assert not Quarantine.objects.exclude(rulings__confirmed_at__isnull=False).exists()


def test_the_entrant_is_asked_once_however_much_is_found() -> None:
    vote, _ = stuffed()
    look(vote)
    owner = vote.works[7].owner_id
    assert Message.objects.filter(recipient_id=owner, kind="ballots.quarantined").count() == 1


def test_looks_are_due_hourly_and_once_more_after_the_close() -> None:
    vote = ballots.vote()
    ballots.one(vote, vote.numbers[:5], at=vote.opens + timedelta(minutes=5))
    soon, later = vote.opens + timedelta(minutes=10), vote.opens + timedelta(hours=1, minutes=10)
    assert detection_runs.due(now=soon) == []
    ((call, slot, is_final),) = detection_runs.due(now=later)
    assert (call, is_final) == (vote.call.pk, False)
    detection_runs.run(campaign_id=call, slot=slot, is_final=False, now=later)
    assert detection_runs.due(now=later) == []
    vote.log.closed_at = vote.closes
    vote.log.save()
    ((_, slot, is_final),) = detection_runs.due(now=vote.closes)
    assert is_final
    (first,) = counting.count_due(now=vote.closes)
    assert first.body["accepted"] == first.body["valid"] == 1
    detection_runs.run(campaign_id=call, slot=slot, is_final=True, now=vote.closes)
    assert detection_runs.due(now=vote.closes) == []
    assert counting.count_due(now=vote.closes) == []
    assert OfficialCount.objects.count() == 1, "the last look found nothing that changes it"


def test_no_look_comes_after_the_last_one() -> None:
    """A result may rest on it: a look that began before must set nothing aside afterwards."""
    vote, _ = stuffed()
    vote.log.closed_at = vote.closes
    vote.log.save()
    assert look(vote, slot=vote.closes, is_final=True, now=vote.closes) is not None
    QuarantinedBallot.objects.all().delete()
    known = Quarantine.objects.count()
    assert look(vote, now=vote.closes + timedelta(minutes=5)) is None
    assert Quarantine.objects.count() == known


def test_no_ballots_no_findings() -> None:
    vote = ballots.vote()
    run = look(vote)
    assert run is not None
    assert run.findings.count() == 0


def test_a_long_look_states_the_time_at_which_it_is_over() -> None:
    """Else the log would go back in time behind what was stated meanwhile."""
    vote, _ = stuffed()
    over = race.NOW + timedelta(minutes=10)
    made = look(vote, then=lambda: over)
    assert made is not None
    assert made.finished_at == over
    assert {one.at for one in Quarantine.objects.filter(campaign=vote.call)} == {over}
