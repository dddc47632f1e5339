"""What the public reads of the official count."""

import csv
import io

import pytest
from django.test import Client

from paike.entries.models import Entry
from paike.voting.actions import ballot_logs, counting
from tests.factories import ballots, race

pytestmark = pytest.mark.django_db
NOW = race.NOW


def test_a_work_that_left_still_has_the_ballots_it_got() -> None:
    call = race.campaign()
    works = race.shortlist(call, works=7)
    ballots.open_vote(call, now=NOW)
    for chosen in (works[:5], works[:5], works[2:7]):
        ballots.cast(call, chosen, now=NOW)
    ballots.sequence(call)
    leaving = Entry.objects.get(pk=works[0].pk)
    race.withdraw(leaving)
    ballot_logs.when_left(entry_id=leaving.pk, reason="withdrawn", now=NOW)
    after = race.after_the_vote(call)
    ballot_logs.close_due(now=after)
    ballots.sequence(call)
    counting.count_due(now=after)
    body = Client().get(f"/c/{call.slug}/count/count.csv").content.decode("utf-8-sig")
    rows = {int(row["编号"]): row for row in csv.DictReader(io.StringIO(body))}
    assert sorted(rows) == [1, 2, 3, 4, 5, 6, 7]
    assert (rows[1]["收到"], rows[1]["有效票"]) == ("2", "0")
    assert (rows[3]["收到"], rows[3]["有效票"]) == ("3", "3")
    assert rows[1]["作品"]
    assert rows[1]["作品"] in Client().get(f"/c/{call.slug}/count/").content.decode()
