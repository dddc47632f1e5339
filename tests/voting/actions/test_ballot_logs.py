import json
from datetime import timedelta

import pytest

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.models import Entry
from paike.voting.actions import ballot_logs
from paike.voting.models import BallotLog, Statement
from paike.voting.queries import contests
from tests.factories import ballots, race

NOW = race.NOW


@pytest.fixture
def call(db: None) -> Campaign:
    made = race.campaign()
    race.shortlist(made, works=7)
    return made


def said(call: Campaign) -> list[dict]:  # type: ignore[type-arg]  # as JSON has it
    found = Statement.objects.filter(campaign=call).order_by("id")
    return [json.loads(bytes(one.body)) for one in found]


def test_a_log_is_made_once_with_the_rules_first(call: Campaign) -> None:
    log = ballot_logs.prepare(campaign_id=call.pk, now=NOW)
    again = ballot_logs.prepare(campaign_id=call.pk, now=NOW)
    assert again.pk == log.pk
    (rules,) = said(call)
    assert rules["k"] == "rules"
    assert rules["works"] == [1, 2, 3, 4, 5, 6, 7]
    assert rules["hash"] == call.rulebook_hash
    assert rules["ballot"]["works_max"] == 5
    assert rules["at"] == "2021-07-05T04:00:00Z"


def test_no_secret_is_readable_by_accident(call: Campaign) -> None:
    log = ballot_logs.prepare(campaign_id=call.pk, now=NOW)
    stored = BallotLog.objects.get(pk=log.pk)
    assert str(stored.secret) == str(stored.private_key) == "•••"
    shown = repr(contests.of_campaign(call.pk, now=NOW))
    assert stored.secret
    assert stored.secret.open()[:8] not in shown


def test_it_opens_at_its_hour_and_only_once(call: Campaign) -> None:
    ballot_logs.prepare(campaign_id=call.pk, now=NOW)
    rule = campaigns.rulebook_of(call).ballot
    assert ballot_logs.open_due(now=rule.opens - timedelta(seconds=1)) == []
    assert len(ballot_logs.open_due(now=rule.opens)) == 1
    assert ballot_logs.open_due(now=rule.opens + timedelta(seconds=1)) == []
    assert [one["k"] for one in said(call)] == ["rules", "open"]


def test_it_closes_once_the_last_ballots_had_time(call: Campaign) -> None:
    ballots.open_vote(call, now=NOW)
    closes = campaigns.rulebook_of(call).ballot.closes
    assert ballot_logs.close_due(now=closes) == []
    at = closes + ballot_logs.SETTLING
    assert len(ballot_logs.close_due(now=at)) == 1
    assert ballot_logs.close_due(now=at) == []
    assert said(call)[-1]["k"] == "close"


def test_a_running_vote_says_the_time_every_hour(call: Campaign) -> None:
    ballots.open_vote(call, now=NOW)
    minutes = [59, 60, 61, 119, 120, 125]
    marked = [m for m in minutes if ballot_logs.mark_due(now=NOW + timedelta(minutes=m))]
    assert marked == [60, 120]
    assert Statement.objects.filter(campaign=call, kind="mark").count() == 2
    ballot_logs.close_due(now=race.after_the_vote(call))
    assert not ballot_logs.mark_due(now=race.after_the_vote(call) + timedelta(days=1))


def test_the_published_result_is_stated_where_there_is_a_log(call: Campaign) -> None:
    assert ballot_logs.state_result(campaign_id=call.pk, digest="a" * 64, now=NOW) is None
    ballots.open_vote(call, now=NOW)
    made = ballot_logs.state_result(campaign_id=call.pk, digest="a" * 64, now=NOW)
    assert made is not None
    assert json.loads(bytes(made.body))["digest"] == "a" * 64


def test_what_leaves_and_what_comes_is_stated(call: Campaign) -> None:
    log = ballot_logs.prepare(campaign_id=call.pk, now=NOW)
    assert ballot_logs.restate_candidates(campaign_id=call.pk, reason="none", now=NOW) is None
    race.withdraw(Entry.objects.get(campaign=call, number=3))
    race.shortlist(call, works=1)
    ballot_logs.restate_candidates(campaign_id=call.pk, reason="refilled", now=NOW)
    assert said(call)[-1] | {"at": ""} == {
        "k": "candidates",
        "add": [8],
        "remove": [3],
        "reason": "refilled",
        "at": "",
    }
    assert log.campaign_id == call.pk
