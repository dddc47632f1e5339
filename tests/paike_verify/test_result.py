"""Two implementations of one specification: what Paike publishes, the verifier computes."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.awards.rules import computation
from paike.awards.rules.race import Blend, Rules, Work
from paike.jury.rules import scoring
from paike.kernel import canonical_json
from paike_verify import cli
from paike_verify import result as verify_result
from tests.awards.rules import races
from tests.factories import jury_entries
from tests.factories.ballot_log import RULE, MadeLog

pytestmark = pytest.mark.rules

FORMULAS = ("percentile-rank", "share-of-maximum", "votes-only", "jury-only")
TOTALS = ("mean", "trimmed-mean", "rank-points")


@st.composite
def all_rules(draw: st.DrawFn) -> Rules:
    weight = Fraction(draw(st.integers(0, 10)), 10)
    chain = st.permutations(races.CHAIN).map(tuple)
    return races.rules(
        blend=Blend(draw(st.sampled_from(FORMULAS)), weight, 1 - weight),
        scheme=scoring.Scheme(draw(st.sampled_from(TOTALS)), ((3, 1), (5, 2))),
        ties=draw(st.one_of(st.just(races.CHAIN), chain)),
    )


def unmarked(works: list[Work], some: set[int]) -> tuple[Work, ...]:
    return tuple(
        Work(work.id, work.votes, {} if place in some else work.sheets)
        for place, work in enumerate(works)
    )


def published(works: tuple[Work, ...], *, rules: Rules, prizes: int = 1) -> dict[str, Any]:
    inputs = computation.Inputs(
        works=works,
        recommended={
            "GD": tuple(work.id for work in works[:3]),
            "BJ": tuple(work.id for work in works[3:5]),
            "XJ": (),
        },
        committee=(
            tuple(work.id for work in works),
            tuple(work.id for work in reversed(works[:4])),
        ),
        organisation_prizes=prizes,
    )
    numbers = {work.id: number for number, work in enumerate(works, start=1)}
    about = {"slug": "test", "numbers": numbers}
    value = computation.write(inputs, rules=rules, about=about)
    read: dict[str, Any] = json.loads(canonical_json.dumps(value))
    return read


@given(races.races(), all_rules(), st.sets(st.integers(0, 11), max_size=3), st.integers(0, 3))
def test_both_compute_the_same(
    works: list[Work], rules: Rules, some: set[int], prizes: int
) -> None:
    value = published(unmarked(works, some), rules=rules, prizes=prizes)
    assert list(verify_result.differences(value)) == []


def race() -> dict[str, Any]:
    works = tuple(races.work(name, votes, 80 + votes) for votes, name in enumerate("abcdefg"))
    value = published(works, rules=races.rules())
    for work in value["inputs"]["works"]:  # seats, as Paike publishes them
        work["sheets"] = {juror.upper(): marks for juror, marks in work["sheets"].items()}
    return value


def test_a_changed_figure_is_found() -> None:
    value = race()
    assert list(verify_result.differences(value)) == []
    value["steps"][0]["level"] = "second"
    value["realised_weight"]["votes"] = "1/2"
    value["organisations"][0]["points"] += 1
    found = list(verify_result.differences(value))
    assert [each.where for each in found] == [
        "steps[0].level",
        "realised_weight.votes",
        "organisations[0].points",
    ]


def test_changed_votes_are_found() -> None:
    value = race()
    value["inputs"]["works"][0]["votes"] += 100
    assert list(verify_result.differences(value))


def test_as_a_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    value = race()
    file = tmp_path / "computation.json"
    file.write_bytes(canonical_json.dumps(value))
    assert cli.main(["result", str(file), "--sha256", canonical_json.digest(value)]) == 0
    assert canonical_json.digest(value) in capsys.readouterr().out
    assert cli.main(["result", str(file), "--sha256", "0" * 64]) == 1
    assert "0" * 64 in capsys.readouterr().err
    value["steps"][0]["level"] = "second"
    file.write_bytes(canonical_json.dumps(value))
    assert cli.main(["result", str(file)]) == 1
    file.write_bytes(b"[]")
    assert cli.main(["result", str(file)]) == 3
    capsys.readouterr()


def piles_of(value: dict[str, Any]) -> dict[int, dict[str, list[int]]]:
    """The sheets of a computation, by seat and by number of the work."""
    piles: dict[int, dict[str, list[int]]] = {}
    for work in value["inputs"]["works"]:
        for juror, marks in work["sheets"].items():
            number = str(value["about"]["numbers"][work["id"]])
            piles.setdefault(int(juror[1:]), {})[number] = marks
    return piles


def counted(value: dict[str, Any], *, stuffed: int = 0) -> MadeLog:
    """A closed log whose count gives the votes of a computation, and its last work `stuffed` more."""
    works = value["inputs"]["works"]
    numbers = [value["about"]["numbers"][work["id"]] for work in works]
    made = MadeLog(rule=RULE | {"works_min": 1, "works_max": 1}, works=numbers).begin()
    for number, work in zip(numbers, works, strict=True):
        for one in range(work["votes"]):
            made.ballot(f"{number} {one}", [number])
    for one in range(stuffed):
        made.ballot(f"stuffed {one}", [numbers[-1]])
    made.close()
    made.count()
    return made


def stated(made: MadeLog, value: dict[str, Any], folder: Path) -> list[str]:
    """The result is stated in the log; what the verifier is run with."""
    jury_entries.state_all(made, piles_of(value))
    made.state("result", at="2021-07-20T00:00:00Z", digest=canonical_json.digest(value))
    file = folder / "computation.json"
    file.write_bytes(canonical_json.dumps(value))
    return ["result", str(file), "--log", str(made.write(folder / "logs" / "spring"))]


def test_the_result_that_a_log_states(tmp_path: Path) -> None:
    value = race()
    without = counted(value).write(tmp_path / "without" / "spring")
    command = stated(counted(value), value, tmp_path)
    assert cli.main([*command[:-1], str(without)]) == 3
    assert cli.main(command) == 0
    value["about"]["slug"] = "another"
    Path(command[1]).write_bytes(canonical_json.dumps(value))
    assert cli.main(command) == 1


def test_votes_that_the_log_did_not_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = race()
    assert cli.main(stated(counted(value, stuffed=2), value, tmp_path)) == 1
    said = capsys.readouterr().err
    assert "[votes]" in said
    assert "work 7, votes is published as 6, not 8" in said
    assert said.count("[") == 1


def test_a_work_of_the_race_that_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = race()
    made = counted(value)
    made.state("candidates", add=[8], remove=[], reason="递补", at="2021-07-08T00:00:00Z")
    assert cli.main(stated(made, value, tmp_path)) == 1
    assert "work 8, votes is published as null, not 0" in capsys.readouterr().err


def test_a_work_that_left_after_the_count_is_no_fault(tmp_path: Path) -> None:
    value = race()
    made = counted(value)
    made.entries[0] = made.entries[0].replace(b"6,7]", b"6,7,8]")
    made.entries[-1] = made.entries[-1].replace(b'"7":6}', b'"7":6,"8":0}')
    made.state("candidates", add=[], remove=[8], reason="撤回", at="2021-07-08T00:00:00Z")
    assert cli.main(stated(made, value, tmp_path)) == 0


def test_a_sheet_that_is_not_the_one_the_juror_sealed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = race()
    sealed = race()
    marks = sealed["inputs"]["works"][2]["sheets"]["J0"]
    sealed["inputs"]["works"][2]["sheets"]["J0"] = [each + 1 for each in marks]
    made = counted(value)
    jury_entries.state_all(made, piles_of(sealed))
    made.state("result", at="2021-07-20T00:00:00Z", digest=canonical_json.digest(value))
    file = tmp_path / "computation.json"
    file.write_bytes(canonical_json.dumps(value))
    log = made.write(tmp_path / "logs" / "spring")
    assert cli.main(["result", str(file), "--log", str(log)]) == 1
    assert "work 3, J0" in capsys.readouterr().err
