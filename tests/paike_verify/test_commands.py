"""The commands as people run them: from the single file, in an empty folder, with Python alone."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from paike.voting.rules.ballot_log import checkpoints, notes
from paike_verify import cli, pack
from tests.factories import ballot_log
from tests.factories.ballot_log import MadeLog
from tests.paike_verify.conftest import contest
from tests.voting.independent.proving import proof_of, verify


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder with nothing but the single file."""
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "paike-verify.pyz").write_bytes(pack.packed())
    return empty


def run(place: Path, *arguments: Path | str) -> tuple[int, dict[str, Any]]:
    """Exit code and JSON answer."""
    command = [sys.executable, "-I", "-S", "paike-verify.pyz", *arguments, "--json"]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def codes(answer: dict[str, Any]) -> set[str]:
    return {finding["code"] for finding in answer["findings"]}


def receipt(folder: Path, **changed: object) -> Path:
    made = contest()
    index = 2 + 5  # behind the rules and the opening
    whole = made.receipt(index, voter="v5", period="2021-07-01", proof=proof_of(made, index))
    path = folder / "receipt.json"
    path.write_text(json.dumps({**whole, **changed}), encoding="utf-8")
    return path


def test_a_log_is_verified(place: Path, folder: Path) -> None:
    code, answer = run(place, "log", folder, "--key", ballot_log.VKEY)
    assert (code, answer["result"]["ballots"]) == (0, 1000)


def test_a_recount_prints_the_bytes_of_the_count(place: Path, folder: Path, made: MadeLog) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "paike-verify.pyz", "recount", folder],
        cwd=place, capture_output=True, check=True,
    )  # fmt: skip
    official = json.loads(made.entries[-1])
    del official["k"], official["at"]
    canonical = json.dumps(official, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert done.stdout == canonical.encode() + b"\n"


def test_a_receipt_is_verified_with_its_log(place: Path, folder: Path) -> None:
    code, answer = run(place, "receipt", receipt(place), "--key", ballot_log.VKEY, "--log", folder)
    assert (code, answer["result"]["index"]) == (0, 7)


@pytest.mark.parametrize(
    "changed",
    [
        {"salt": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"voter": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"entry": MadeLog().begin().entries[1].decode()},
        {"vkey": ballot_log.VKEY.replace("+", "x+", 1)},
    ],
)
def test_a_receipt_that_was_changed_is_refused(place: Path, changed: dict[str, str]) -> None:
    code, answer = run(place, "receipt", receipt(place, **changed), "--key", ballot_log.VKEY)
    assert code == 1
    assert codes(answer)


def test_a_receipt_without_a_proof_was_promised_and_no_more(place: Path, folder: Path) -> None:
    """What was promised and left out of the log looks the same without the log."""
    file = receipt(place, proof=None)
    code, answer = run(place, "receipt", file, "--key", ballot_log.VKEY)
    assert (code, answer["ok"], answer["findings"]) == (4, False, [])
    assert "--log" in answer["lacking"]["zh"]
    assert "--log" in answer["lacking"]["en"]
    code, answer = run(place, "receipt", file, "--key", ballot_log.VKEY, "--log", folder)
    assert (code, answer["ok"], answer["result"]["index"]) == (0, True, 7)
    assert "lacking" not in answer


def test_a_receipt_without_a_proof_does_not_hold_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["receipt", str(receipt(tmp_path, proof=None))]) == 4
    said = capsys.readouterr().out
    assert "All of it holds" not in said
    assert "not shown to be in the log" in said


def test_a_proof_that_came_with_the_receipt_is_told_as_that(place: Path) -> None:
    code, answer = run(place, "receipt", receipt(place), "--key", ballot_log.VKEY)
    assert code == 0
    assert ["--log" in note["en"] for note in answer["notes"]] == [True]


def test_what_is_no_receipt_is_said(place: Path) -> None:
    other = place / "other.json"
    other.write_text("{}", encoding="utf-8")
    code, answer = run(place, "receipt", other)
    assert code == 3
    assert "receipt" in answer["error"]["en"]
    assert not answer["ok"]


def test_a_log_that_grew_is_consistent_and_a_rewritten_one_is_not(
    place: Path, tmp_path: Path, folder: Path, made: MadeLog
) -> None:
    earlier = MadeLog(entries=made.entries[:400]).write(tmp_path / "earlier")
    assert run(place, "consistency", earlier, folder)[0] == 0
    assert run(place, "consistency", earlier / "checkpoint", folder)[0] == 0
    rewritten = MadeLog(entries=[*made.entries[:399], *made.entries[400:]])
    code, answer = run(place, "consistency", earlier, rewritten.write(tmp_path / "rewritten"))
    assert code == 1
    assert codes(answer)


def test_a_witness_signs_what_continues_and_nothing_else(
    place: Path, tmp_path: Path, folder: Path, made: MadeLog
) -> None:
    stick = tmp_path / "stick"
    key = run(place, "witness-new", stick, "example.org/witness")[1]["result"]["key"]
    earlier = MadeLog(entries=made.entries[:400]).write(tmp_path / "earlier")
    look = ("witness", stick)
    assert run(place, *look, earlier, "--key", ballot_log.VKEY)[0] == 0
    code, answer = run(place, *look, folder, "--key", ballot_log.VKEY)
    assert (code, answer["result"]["size"]) == (0, len(made.entries))
    signed = notes.parse(answer["result"]["checkpoint"])
    parsed = notes.parse_key(key)
    # Its signature is read by the server's code too, which verifies with another library.
    assert len(checkpoints.cosignatures(signed, key=parsed, verify=verify)) == 1
    # The log it saw last is the longer one: the shorter one is an older copy, and no alarm.
    code, answer = run(place, *look, earlier, "--key", ballot_log.VKEY)
    assert code == 1
    assert "older than what you have already seen" in answer["error"]["en"]
    assert "the press" not in answer["error"]["en"]
    forked = [*made.entries[:500], made.entries[0], *made.entries[501:], made.entries[600]]
    other = MadeLog(entries=forked).write(tmp_path / "forked")
    code, answer = run(place, *look, other, "--key", ballot_log.VKEY)
    assert code == 1
    assert "Not signed!" in answer["error"]["en"]
    assert "the press" in answer["error"]["en"]


def test_a_log_without_its_witness_is_told(place: Path, tmp_path: Path, folder: Path) -> None:
    stick = tmp_path / "stick"
    key = run(place, "witness-new", stick, "example.org/witness")[1]["result"]["key"]
    assert run(place, "log", folder, "--witness", key)[0] == 1


def test_the_single_file_is_the_same_each_time() -> None:
    assert pack.packed() == pack.packed()


@pytest.mark.parametrize("version", ["(3, 10, 12)", "(3, 8, 0)"])
def test_an_older_python_is_told_so_and_accuses_nobody(
    place: Path, folder: Path, version: str
) -> None:
    """It can't read the times of an honest log."""
    older = f"""
import runpy, sys
sys.version_info = {version}
sys.argv = ["paike-verify.pyz", "log", {str(folder)!r}]
runpy.run_path("paike-verify.pyz", run_name="__main__")
"""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", older],
        cwd=place, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    assert "3.11 或更新" in done.stderr
    assert "3.11 or newer" in done.stderr


def test_a_computer_without_time_zones_says_so(place: Path, tmp_path: Path) -> None:
    """Not that ballots are of no period: nothing can be said of them."""
    made = MadeLog().begin()
    made.entries[0] = made.entries[0].replace(b"Asia/Shanghai", b"Asia/Taipei")
    made.ballots(3)
    log = made.write(tmp_path / "logs" / "spring")
    without = {"PYTHONTZPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-S", "paike-verify.pyz", "log", log, "--json"],
        cwd=place, capture_output=True, text=True, encoding="utf-8", check=False, env=without,
    )  # fmt: skip
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["findings"]) == (3, [])
    assert "tzdata" in answer["error"]["zh"]
    assert "tzdata" in answer["error"]["en"]
    assert run(place, "log", log)[0] == 0  # with them
