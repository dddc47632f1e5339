"""Two decisions in one moment: each count holds what stands before it in the log, and nothing else."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from paike.voting.actions import counting, rulings
from paike.voting.models import BallotLog, Statement
from tests.voting.actions.test_rulings import LATER, House

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_decision_stands_between_another_and_its_count(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    proposals = [house.propose(house.set_aside(many)) for many in (3, 4)]
    BallotLog.objects.update(closed_at=house.vote.closes)
    assert counting.count(campaign_id=house.vote.call.pk, now=house.vote.closes, first=True)
    slowly = counting.count_again

    def count_again(**given: object) -> object:
        time.sleep(0.3)  # the other decision comes meanwhile
        return slowly(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(counting, "count_again", count_again)

    def confirm(ruling_id: object) -> None:
        try:
            rulings.confirm(ruling_id=ruling_id, by=house.two, now=LATER)  # type: ignore[arg-type]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(confirm, [one.pk for one in proposals]))
    void, counted = 0, []
    sizes = {str(one.quarantine_id): one.quarantine.ballots for one in proposals}
    for body in Statement.objects.order_by("id").values_list("body", flat=True):
        value = json.loads(bytes(body))
        if value["k"] == "void":
            void += sizes[value["quarantine"]]
        elif value["k"] == "count":
            assert value["void"] == void
            counted.append(value["number"])
    assert counted == [1, 2, 3]
    assert void == 7
