"""Every work has a timeline; while votes are secret only suspect ballots are told."""

from typing import Any

import numpy as np
import pytest

from paike.voting.rules.detection import picture, registry, suspicion
from tests.factories import contests

pytestmark = pytest.mark.rules
SCRIPT = 200


def seen() -> dict[str, Any]:
    script = contests.added(SCRIPT, work=9, network=5_001, hasty=1.0, blind=True)
    contest = contests.contest(contests.honest(), script)
    findings = registry.find(contest)
    numbers = np.arange(contest.works) + 101
    return picture.of(contest, findings, suspicion.of(contest, findings), numbers)


def test_every_work_has_a_timeline_and_those_with_findings_more() -> None:
    works = seen()["works"]
    assert set(works) == {str(number) for number in range(101, 101 + contests.WORKS)}
    for work in works.values():
        assert len(work["hours"]) == len(work["usual"]) == len(work["suspect_hours"])
        assert sum(work["hours"]) == work["ballots"]
    assert works["110"]["company"]
    assert "company" not in works["160"]


def test_what_is_told_while_votes_are_secret() -> None:
    whole = seen()
    told = picture.held_back(whole)
    assert told["ranking"] == []
    assert set(told["works"]) <= set(whole["works"])
    one = told["works"]["110"]
    assert one["suspect"] == sum(one["suspect_hours"])
    assert one["networks"][0]["suspect"] >= SCRIPT * 0.9
    assert one["networks"][0]["share_suspect"] > 0.9
    for work in told["works"].values():
        assert set(work) == {"suspect", "suspect_hours", "hasty_suspect", "networks", "links"}
        for source in [*work["networks"], *work["links"]]:
            assert set(source) == {"suspect", "share_suspect"}


def test_a_call_without_a_look_tells_nothing() -> None:
    assert picture.held_back({}) == {"ranking": [], "works": {}}
