"""Logs and receipts made to be believed, to break the verifier, or to keep it busy for ever."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paike.voting.rules.ballot_log import merkle, notes, tiles
from paike_verify import cli, files, receipts
from paike_verify.findings import Report
from tests.factories import ballot_log
from tests.factories.ballot_log import RULE, MadeLog
from tests.paike_verify.conftest import contest
from tests.paike_verify.test_log import KEY, faults, rebuilt
from tests.voting.independent.proving import proof_of

pytestmark = pytest.mark.rules
COUNT = 1010


@pytest.mark.parametrize(
    "spelling",
    ["2021-06-30T16:30+00:00", "2021-07-01T00:30:00+08:00", "20210701T0030+0800", "2021-07-01 00:30+08:00"],
)  # fmt: skip
def test_a_period_has_one_name(tmp_path: Path, spelling: str) -> None:
    """Each spelling has tags of its own: under two of them one voter would vote twice."""
    made = MadeLog(rule=RULE | {"period": "minutes", "period_minutes": 30}).begin()
    made.ballot("a", [1, 2, 3, 4, 5], period="2021-07-01T00:30+08:00")
    again = made.ballot("a", [1, 2, 3, 4, 5], period="2021-07-01T00:30+08:00")
    made.entries[again] = made.entries[again].replace(b"2021-07-01T00:30+08:00", spelling.encode())
    assert any(index == again for _, index in rebuilt(made, tmp_path))


@pytest.mark.parametrize(
    "entry",
    [
        b"[" * 60_000,
        rb'{"at":"\ud800","k":"mark"}',
        b'{"at":"2021-07-02T12:00:00Z","k":["mark"]}',
        b'{"at":"2021-07-02T12:00:00Z","k":{}}',
        '{"at":"２０２１-07-02T12:00:00Z","k":"mark"}'.encode(),
        b'{"at":"2021-07-02T12:00:00Z","extra":NaN,"k":"mark"}',
        b'{"at":"2021-07-02T12:00:00Z","extra":1.5,"k":"mark"}',
        b'{"at":"2021-07-02T12:00:00Z","at":"2021-07-02T12:00:00Z","k":"mark"}',
        b'\xef\xbb\xbf{"at":"2021-07-02T12:00:00Z","k":"mark"}',
        '{"at":"2021-07-02T12:00:00Z","k":"mark"}'.encode("utf-16"),
    ],
)
def test_an_entry_of_another_form_is_named_and_breaks_nothing(
    made: MadeLog, tmp_path: Path, entry: bytes
) -> None:
    made.entries.insert(1007, entry)
    assert ("form", 1007) in rebuilt(made, tmp_path)


def numbers(change: Callable[[dict[str, Any]], None]) -> bytes:
    value = json.loads(contest().entries[COUNT])
    change(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "entry",
    [
        numbers(lambda count: count["counted"].update({"1": False})),
        numbers(lambda count: count["counted"].update({"2": float(count["counted"]["2"])})),
    ],
)
def test_a_count_that_only_python_takes_for_equal(
    made: MadeLog, tmp_path: Path, entry: bytes
) -> None:
    made.entries[COUNT] = entry
    assert {index for _, index in rebuilt(made, tmp_path)} == {COUNT}


@pytest.mark.parametrize(
    "path", ["tile/0/000", "tile/0/003.p/243", "tile/entries/000", "tile/entries/003.p/243"]
)
def test_nothing_stands_behind_the_end_of_a_file(folder: Path, path: str) -> None:
    file = folder / path
    extra = tiles.pack([b"more"]) if "entries" in path else b"\0" * 32
    file.write_bytes(file.read_bytes() + extra)
    assert faults(folder)


def test_how_far_entries_are_public_is_a_plain_number(folder: Path) -> None:
    for said in ("9" * 5000, "٣", "1 0"):
        (folder / "entries-to").write_text(said, encoding="utf-8")
        assert ("entries-to", None) in faults(folder)


def test_a_file_without_end_is_not_read_to_the_end(tmp_path: Path, folder: Path) -> None:
    with (folder / "checkpoint").open("r+b") as file:
        file.truncate(8 << 30)  # sparse: 8 GiB of nothing
    read = files.Folder(folder).read("checkpoint") or b""
    assert len(read) == files.LARGEST + 1  # so that one sees that it is too long


# --- receipts ----------------------------------------------------------------------------------


def receipt(**changed: object) -> dict[str, Any]:
    made = contest()
    whole = made.receipt(7, voter="v5", period="2021-07-01", proof=proof_of(made, 7))
    return json.loads(json.dumps({**whole, **changed}))  # type: ignore[no-any-return]


def codes(value: dict[str, Any], log: Path | None = None) -> set[str]:
    report = Report()
    source = files.Folder(log) if log else None
    receipts.check(value, report, key=KEY, log=source)
    return set(report.numbers)


def test_a_log_can_not_slip_a_ballot_into_a_tile_for_one_voter(
    tmp_path: Path, folder: Path
) -> None:
    """The ballot was promised and left out. Who asks is shown a tile with it; the root says no."""
    value = receipt(proof=None)
    other = MadeLog().begin()
    other.ballots(400, prefix="w")
    shown = other.write(tmp_path / "other" / "spring")
    leaf = merkle.leaf_hash(value["entry"].encode())
    for path in ("tile/0/000", "tile/0/001.p/146"):
        tile = bytearray((shown / path).read_bytes())
        tile[32 * 9 : 32 * 10] = leaf
        before = (shown / path).read_bytes()
        (shown / path).write_bytes(bytes(tile))
        assert codes(value, shown) & {"not-in-log", "tile", "root"}
        (shown / path).write_bytes(before)
    assert codes(value, folder) == set()


class TwoFaced(files.Folder):
    """A log that answers honestly, and with another tile when it is asked again."""

    def __init__(self, folder: Path, path: str, later: bytes) -> None:
        super().__init__(folder)
        self._path, self._later, self._asked = path, later, False

    def read(self, path: str) -> bytes | None:
        if path == self._path and self._asked:
            return self._later
        self._asked |= path == self._path
        return super().read(path)


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/001.p/146"])
def test_nor_by_answering_twice_in_two_ways(tmp_path: Path, path: str) -> None:
    value = receipt(proof=None)
    other = MadeLog().begin()
    other.ballots(400, prefix="w")
    shown = other.write(tmp_path / "other" / "spring")
    tile = bytearray((shown / path).read_bytes())
    tile[32 * 9 : 32 * 10] = merkle.leaf_hash(value["entry"].encode())
    report = Report()
    receipts.check(value, report, key=KEY, log=TwoFaced(shown, path, bytes(tile)))
    assert set(report.numbers) == {"not-in-log"}


@pytest.mark.parametrize("size", [float("inf"), 1e300, True, "5", None, -1])
def test_a_size_that_is_no_number_ends(size: object) -> None:
    value = receipt()
    value["promise"]["size"] = size
    assert codes(value) == {"promise"}


@pytest.mark.parametrize("field", ["entry", "origin", "vkey", "code", "salt", "voter", "proof"])
def test_a_receipt_of_no_text_is_none(field: str) -> None:
    data = json.dumps({**receipt(), field: "\ud800"}).encode()
    with pytest.raises(receipts.NoReceipt):
        receipts.read(data)


def test_a_receipt_that_goes_on_for_ever_is_none() -> None:
    with pytest.raises(receipts.NoReceipt):
        receipts.read(b'{"a":' + b"[" * 200_000)


def test_a_log_that_claims_to_be_endless_is_left_soon(tmp_path: Path) -> None:
    """The head names 10^17 entries; there are no files for them."""
    value = receipt(proof=None)
    made = contest().write(tmp_path / "logs" / "spring")
    text = f"{ballot_log.ORIGIN}\n{10**17}\n{'A' * 43}=\n"
    signed = notes.signed(
        text, name=ballot_log.ORIGIN, public_key=ballot_log.PUBLIC, sign=ballot_log.KEY.sign
    )
    (made / "checkpoint").write_text(signed, encoding="utf-8")
    assert codes(value, made) == {"missing"}


# --- an earlier checkpoint ---------------------------------------------------------------------


def test_an_old_checkpoint_is_only_good_with_its_signature(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept"
    lines = (folder / "checkpoint").read_text("utf-8").split("\n")
    lines[-2] = lines[-2][:-8] + "AAAAAA=="
    kept.write_text("\n".join(lines), encoding="utf-8")
    assert cli.main(["consistency", str(kept), str(folder), "--json"]) == 1
    assert "signature" in capsys.readouterr().out
