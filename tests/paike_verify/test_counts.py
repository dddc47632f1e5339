"""What was decided is counted, and each count has its number."""

from pathlib import Path

import pytest

from tests.factories.ballot_log import MadeLog
from tests.paike_verify.judging import found, judged

pytestmark = pytest.mark.rules
LATER = "2021-07-07T18:00:00Z"


def counted() -> MadeLog:
    """A closed and counted log with a quarantine nobody has decided on."""
    made = MadeLog().begin()
    made.ballots(100)
    made.close()
    made.quarantine("q1", [[10, 40]], at="2021-07-07T16:00:40Z")
    made.count()
    return made


def result(made: MadeLog) -> int:
    return made.state("result", digest="0" * 64, at=LATER)


def zero(made: MadeLog) -> None:
    by = ["张三", "李四"]
    made.state("sanction", work=3, offence=2, act="zero-votes", by=by, reason="r", at=LATER)


def test_counts_are_numbered_from_one(tmp_path: Path) -> None:
    made = counted()
    made.count(number=3, at=LATER)
    made.count(number=3, at=LATER)
    assert found(made, tmp_path) == [("count", 105)]


def test_a_result_behind_decisions_that_were_not_counted(tmp_path: Path) -> None:
    made = counted()
    made.rule_on("q1", "void", at=LATER)
    at = result(made)
    assert found(made, tmp_path) == [("count-outdated", at)]


def test_a_result_behind_a_work_zeroed_and_not_counted(tmp_path: Path) -> None:
    made = counted()
    zero(made)
    at = result(made)
    assert found(made, tmp_path) == [("count-outdated", at)]


def test_a_result_behind_the_count_of_the_last_decision(tmp_path: Path) -> None:
    made = counted()
    made.rule_on("q1", "void", at=LATER)
    zero(made)
    made.count(number=2, at=LATER)
    result(made)
    assert found(made, tmp_path) == []


def test_a_work_that_left_needs_no_new_count(tmp_path: Path) -> None:
    made = counted()
    made.state("candidates", add=[21], remove=[20], reason="撤回", at=LATER)
    result(made)
    assert found(made, tmp_path) == []


def test_a_result_without_a_count(tmp_path: Path) -> None:
    made = MadeLog().begin()
    made.ballots(10)
    made.close()
    at = result(made)
    assert found(made, tmp_path) == [("count-missing", at)]


def test_the_end_of_a_log_may_wait_for_its_count(tmp_path: Path) -> None:
    """The ruling has its place, the count behind it gets one with the next turn."""
    made = counted()
    made.rule_on("q1", "release", at=LATER)
    report = judged(made, tmp_path)
    assert report.findings == []
    assert "in no count yet" in report.notes[-1][1]


def test_a_log_has_ended_with_its_secret(tmp_path: Path) -> None:
    made = counted()
    made.rule_on("q1", "release", at=LATER)
    at = made.state("secret-destroyed", sha256="0" * 64, at="2021-10-07T16:00:00Z")
    assert found(made, tmp_path) == [("count-outdated", at)]
