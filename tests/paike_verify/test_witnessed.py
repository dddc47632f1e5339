"""How far a witness's signature reaches, and of when it is."""

import json
from pathlib import Path

import pytest

from paike_verify import witness
from paike_verify.files import Folder
from paike_verify.notes import parse_key
from tests.factories.ballot_log import VKEY, MadeLog
from tests.paike_verify.conftest import contest
from tests.paike_verify.damage import Said, run

pytestmark = pytest.mark.rules
CLOSE = 1009
AT = 1_625_000_000
MINE = 7


@pytest.fixture
def stick(tmp_path: Path) -> witness.State:
    return witness.new(tmp_path / "stick", "example.org/witness")


def signed_to(size: int, stick: witness.State, tmp_path: Path, *, at: int = AT) -> Path:
    """The whole contest, of which a witness signed the first `size` entries."""
    made = contest()
    early = MadeLog(entries=made.entries[:size]).write(tmp_path / "early" / "spring")
    signed = witness.look(stick, Folder(early), key=parse_key(VKEY), now=at)
    folder = made.write(tmp_path / "logs" / "spring")
    (folder / "checkpoint.witnessed").write_text(signed, "utf-8")
    return folder


def check(folder: Path, stick: witness.State, *more: str) -> Said:
    return run("log", folder, "--key", VKEY, "--witness", str(stick.key), *more)


def test_the_time_and_the_reach_of_a_signature_are_told(
    stick: witness.State, tmp_path: Path
) -> None:
    said = check(signed_to(1010, stick, tmp_path), stick)
    assert (said.code, said.findings) == (0, [])
    assert "2021-06-29T20:53:20Z" in said.text
    assert "first 1010 entries" in said.text
    assert "1011 now" in said.text


@pytest.mark.parametrize("size", [1, 2, 700, CLOSE])
def test_a_signature_from_before_the_close_does_not_do_for_a_closed_log(
    size: int, stick: witness.State, tmp_path: Path
) -> None:
    said = check(signed_to(size, stick, tmp_path), stick)
    assert (said.code, said.codes) == (1, {"witness-early"})
    assert said.is_clear()


def test_a_signature_may_lag_while_the_vote_runs(stick: witness.State, tmp_path: Path) -> None:
    folder = signed_to(700, stick, tmp_path)
    running = MadeLog(entries=contest().entries[:CLOSE]).write(tmp_path / "running" / "spring")
    (folder / "checkpoint.witnessed").rename(running / "checkpoint.witnessed")
    assert check(running, stick).code == 0


def test_a_signature_may_be_too_old(
    stick: witness.State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = signed_to(1010, stick, tmp_path)
    monkeypatch.setattr("time.time", lambda: AT + 3601.0)
    assert check(folder, stick, "--max-age", "1.5").code == 0
    said = check(folder, stick, "--max-age", "1")
    assert (said.code, said.codes) == (1, {"witness-old"})
    assert said.is_clear()


@pytest.mark.parametrize("hours", ["nan", "-1", "0", "inf", "soon"])
def test_hours_are_a_number(hours: str, stick: witness.State, tmp_path: Path) -> None:
    said = check(signed_to(1010, stick, tmp_path), stick, f"--max-age={hours}")
    assert said.code == 2
    assert said.is_clear()


def test_no_age_without_a_witness(tmp_path: Path) -> None:
    said = run("log", contest().write(tmp_path / "logs" / "spring"), "--max-age", "1")
    assert said.code == 2
    assert said.is_clear()


def receipt(folder: Path) -> Path:
    whole = contest().receipt(MINE, voter="v5", period="2021-07-01", proof=None)
    path = folder / "receipt.json"
    path.write_text(json.dumps(whole), "utf-8")
    return path


@pytest.mark.parametrize(
    ("size", "codes"), [(MINE, {"witness-early"}), (MINE + 1, set()), (700, set())]
)
def test_a_ballot_is_among_what_a_witness_signed(
    size: int, codes: set[str], stick: witness.State, tmp_path: Path
) -> None:
    folder = signed_to(size, stick, tmp_path)
    by = ("--witness", str(stick.key))
    said = run("receipt", receipt(tmp_path), "--key", VKEY, "--log", folder, *by)
    assert said.codes == codes
    assert said.is_clear()
    other = witness.new(tmp_path / "other", "example.org/other")
    by = ("--witness", str(other.key))
    said = run("receipt", receipt(tmp_path), "--key", VKEY, "--log", folder, *by)
    assert said.codes == {"witness"}


def test_a_witness_of_a_receipt_needs_the_log(stick: witness.State, tmp_path: Path) -> None:
    said = run("receipt", receipt(tmp_path), "--witness", str(stick.key))
    assert said.code == 2
    assert said.is_clear()
