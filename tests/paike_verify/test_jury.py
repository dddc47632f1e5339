"""Sheets that are not the ones the jurors sealed are found and named."""

from pathlib import Path
from typing import Any

import pytest

from tests.factories.ballot_log import MadeLog
from tests.factories.jury_entries import OPENED, SEALED, commit, unseal
from tests.paike_verify.test_log import check, rebuilt

pytestmark = pytest.mark.rules
MARKS = {1: {"1": [280, 190], "2": [250, 100]}, 2: {"1": [100, 100]}}


def state_result(made: MadeLog) -> int:
    return made.state("result", digest="a" * 64, at=OPENED)


def sealed(made: MadeLog) -> MadeLog:
    for seat, marks in MARKS.items():
        commit(made, seat, marks)
    return made


def test_opened_as_sealed(made: MadeLog, tmp_path: Path) -> None:
    sealed(made)
    unseal(made, 1, {"1": [280, 190]}, parts=2)
    unseal(made, 1, {"2": [250, 100]}, part=2, parts=2)
    unseal(made, 2, MARKS[2])
    state_result(made)
    found, report = check(made.write(tmp_path / "logs" / "spring"))
    assert report.findings == []
    assert found.piles == MARKS


def test_a_later_hash_takes_the_place_of_an_earlier_one(made: MadeLog, tmp_path: Path) -> None:
    commit(made, 1, {"1": [280, 190]})
    commit(made, 1, MARKS[1])
    unseal(made, 1, MARKS[1])
    state_result(made)
    assert rebuilt(made, tmp_path) == []


@pytest.mark.parametrize(
    "other",
    [
        {"marks": {"1": [280, 190], "2": [250, 101]}},
        {"marks": {"1": [280, 190]}},
        {"marks": {**MARKS[1], "3": [1, 1]}},
        {"criteria": ["picture", "story"]},
        {"salt": "02" * 16},
    ],
)
def test_what_differs_from_what_was_sealed(
    made: MadeLog, tmp_path: Path, other: dict[str, Any]
) -> None:
    commit(made, 1, MARKS[1])
    at = unseal(made, 1, **{"marks": MARKS[1], **other})
    assert rebuilt(made, tmp_path) == [("jury-changed", at)]


def test_a_juror_nobody_had_heard_of(made: MadeLog, tmp_path: Path) -> None:
    at = unseal(made, 9, MARKS[1])
    assert rebuilt(made, tmp_path) == [("jury-unknown", at)]


def test_sheets_that_were_sealed_and_are_not_shown(made: MadeLog, tmp_path: Path) -> None:
    sealed(made)
    unseal(made, 1, {"1": [280, 190]}, parts=2)
    at = state_result(made)
    assert rebuilt(made, tmp_path) == [("jury-unopened", at)]


def test_nobody_seals_who_has_seen_the_others(made: MadeLog, tmp_path: Path) -> None:
    commit(made, 1, MARKS[1])
    unseal(made, 1, MARKS[1])
    at = commit(made, 2, MARKS[2], at=OPENED)
    assert rebuilt(made, tmp_path) == [("jury-late", at)]


@pytest.mark.parametrize("second", [{"part": 1}, {"part": 3}, {"part": 0}, {"salt": "02" * 16}])
def test_parts_that_do_not_fit(made: MadeLog, tmp_path: Path, second: dict[str, Any]) -> None:
    commit(made, 1, MARKS[1])
    unseal(made, 1, {"1": [280, 190]}, parts=2)
    at = unseal(made, 1, {"2": [250, 100]}, **{"part": 2, "parts": 2, **second})
    assert rebuilt(made, tmp_path) == [("jury-part", at)]


def test_a_work_that_comes_twice(made: MadeLog, tmp_path: Path) -> None:
    commit(made, 1, MARKS[1])
    unseal(made, 1, MARKS[1], parts=2)
    at = unseal(made, 1, {"2": [250, 100]}, part=2, parts=2)
    assert rebuilt(made, tmp_path) == [("jury-part", at)]


@pytest.mark.parametrize(
    "body",
    [
        {"seat": -1, "sheets": "a" * 64},
        {"seat": 1, "sheets": "A" * 64},
        {"seat": 1, "sheets": ["a" * 64]},
    ],
)
def test_a_malformed_hash(made: MadeLog, tmp_path: Path, body: dict[str, Any]) -> None:
    at = made.state("jury-commit", at=SEALED, **body)
    assert rebuilt(made, tmp_path) == [("form", at)]
