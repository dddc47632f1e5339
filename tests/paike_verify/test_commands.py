"""The commands as people run them: from the single file, in an empty folder, with Python alone."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from paike.voting.rules.ballot_log import checkpoints, notes
from paike_verify import pack
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
    # The log it saw last is the longer one: the shorter one would be a step back.
    assert run(place, *look, earlier, "--key", ballot_log.VKEY)[0] == 1
    forked = [*made.entries[:500], made.entries[0], *made.entries[501:], made.entries[600]]
    other = MadeLog(entries=forked).write(tmp_path / "forked")
    code, answer = run(place, *look, other, "--key", ballot_log.VKEY)
    assert code == 1
    assert "Not signed" in answer["error"]["en"]


def test_a_log_without_its_witness_is_told(place: Path, tmp_path: Path, folder: Path) -> None:
    stick = tmp_path / "stick"
    key = run(place, "witness-new", stick, "example.org/witness")[1]["result"]["key"]
    assert run(place, "log", folder, "--witness", key)[0] == 1


def test_the_single_file_is_the_same_each_time() -> None:
    assert pack.packed() == pack.packed()
