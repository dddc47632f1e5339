"""Every kind of tampering is found and named."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paike.voting.rules.ballot_log import tiles
from paike_verify import files, forms, log, notes
from paike_verify.findings import Finding, Report
from paike_verify.log import Checked
from tests.factories.ballot_log import RULE, VKEY, MadeLog, tally
from tests.paike_verify.conftest import contest

pytestmark = pytest.mark.rules
KEY = notes.parse_key(VKEY)


def check(folder: Path) -> tuple[Checked, Report]:
    report = Report()
    return log.check(files.Folder(folder), report, key=KEY), report


def faults(folder: Path) -> list[tuple[str, int | None]]:
    _, report = check(folder)
    return [(each.code, each.index) for each in report.findings]


def rebuilt(made: MadeLog, tmp_path: Path) -> list[tuple[str, int | None]]:
    """The faults of a log that its owner signed anew, with all hashes right."""
    return faults(made.write(tmp_path / "again" / "spring"))


def test_an_honest_log_has_no_faults(folder: Path) -> None:
    found, report = check(folder)
    assert report.findings == []
    assert (found.head.size, found.ballots) == (1011, 1000)


def test_the_count_is_the_official_one_bit_for_bit(folder: Path, made: MadeLog) -> None:
    found, _ = check(folder)
    official = json.loads(made.entries[-1])
    del official["k"], official["at"]
    assert forms.canonical(found.count) == forms.canonical(official)
    assert official["counted"]["1"] == 0
    assert "20" not in official["counted"]
    assert official["per_rule"] == {
        "burst": {"released": 2, "void": 42}, "fillers": {"released": 2, "void": 42}
    }  # fmt: skip


# --- files that were touched, hashes and signature left as they are --------------------------


def bundle(folder: Path, number: int, width: int = 256) -> tuple[Path, list[bytes]]:
    path = folder / tiles.Tile(tiles.ENTRIES, number, width).path
    return path, tiles.unpack(path.read_bytes(), width=width)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.data())
def test_any_flipped_byte_of_an_entry_is_named(folder: Path, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, 2))
    path, entries = bundle(folder, number)
    before = path.read_bytes()
    place = data.draw(st.integers(0, 255))
    at = data.draw(st.integers(0, len(entries[place]) - 1))
    changed = bytearray(entries[place])
    changed[at] ^= 1 << data.draw(st.integers(0, 7))
    entries[place] = bytes(changed)
    path.write_bytes(tiles.pack(entries))
    try:
        assert ("changed", number * 256 + place) in faults(folder)
    finally:
        path.write_bytes(before)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.data())
def test_any_flipped_byte_of_a_tile_is_named(folder: Path, data: st.DataObject) -> None:
    path = folder / data.draw(
        st.sampled_from(["tile/0/000", "tile/0/001", "tile/0/003.p/243", "tile/1/000.p/3"])
    )
    before = path.read_bytes()
    changed = bytearray(before)
    at = data.draw(st.integers(0, len(before) - 1))
    changed[at] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(bytes(changed))
    try:
        _, report = check(folder)
        assert [each.code for each in report.findings] == ["tile"]
        assert str(path.relative_to(folder)) == report.findings[0].path
        assert f"{at // 32}" in report.findings[0].en
    finally:
        path.write_bytes(before)


def test_a_flipped_byte_of_the_checkpoint(folder: Path) -> None:
    path = folder / "checkpoint"
    lines = path.read_text().split("\n")
    lines[1] = "1010"
    path.write_text("\n".join(lines))
    found = {code for code, _ in faults(folder)}
    assert {"signature", "missing"} <= found  # no tile of such a log is there


def test_a_signature_of_the_log_that_is_wrong_is_not_passed_over(folder: Path) -> None:
    path = folder / "checkpoint"
    text, _, line = path.read_text().rpartition("\n\n")
    _, name, signature = line.split()
    other = base64.b64encode(base64.b64decode(signature)[:4] + bytes(64)).decode()
    path.write_text(f"{text}\n\n{line}— {name} {other}\n")
    assert faults(folder) == [("signature", None)]
    path.write_text(f"{text}\n\n{line}— somebody.example {other}\n")
    assert faults(folder) == []


def test_another_key_does_not_do(folder: Path) -> None:
    other = notes.Key(KEY.name, KEY.kind, bytes(31) + b"\1")
    report = Report()
    log.check(files.Folder(folder), report, key=other)
    assert [each.code for each in report.findings] == ["signature"]


def test_a_dropped_entry(folder: Path) -> None:
    first, entries = bundle(folder, 1)
    second, following = bundle(folder, 2)
    last, rest = bundle(folder, 3, 243)
    moved = [*entries[:7], *entries[8:], *following, *rest]
    first.write_bytes(tiles.pack(moved[:256]))
    second.write_bytes(tiles.pack(moved[256:512]))
    last.write_bytes(tiles.pack(moved[512:]))
    found = faults(folder)
    assert ("dropped", 256 + 7) in found
    assert ("cut-off", 1010) in found
    assert not [each for each in found if each[0] in ("changed", "doubled")]


def test_a_doubled_entry(folder: Path) -> None:
    path, entries = bundle(folder, 1)
    entries[9] = entries[3]
    path.write_bytes(tiles.pack(entries))
    found = faults(folder)
    assert ("doubled", 256 + 3) in found
    assert ("dropped", 256 + 9) in found
    assert ("tag", 256 + 9) in found


def test_reordered_entries(folder: Path) -> None:
    path, entries = bundle(folder, 1)
    entries[3], entries[200] = entries[200], entries[3]
    path.write_bytes(tiles.pack(entries))
    assert faults(folder) == [("moved", 256 + 200), ("moved", 256 + 3)]


@pytest.mark.parametrize(
    "path", ["tile/0/000", "tile/entries/001", "tile/1/000.p/3", "tile/0/003.p/243"]
)
def test_a_file_that_is_missing(folder: Path, path: str) -> None:
    (folder / path).unlink()
    _, report = check(folder)
    assert ("missing", path) in [(each.code, each.path) for each in report.findings]


def test_a_bundle_that_is_cut_off(folder: Path) -> None:
    path, _ = bundle(folder, 1)
    path.write_bytes(path.read_bytes()[:1000])
    assert [code for code, _ in faults(folder)][:1] == ["cut-off"]


# --- a log that its owner changed and signed anew --------------------------------------------

Change = Callable[[MadeLog], None]


def insert(index: int, voter: str, works: list[int], period: str = "2021-07-01") -> Change:
    def change(made: MadeLog) -> None:
        made.ballot(voter, works, period=period)
        made.entries.insert(index, made.entries.pop())

    return change


def replace(index: int, old: bytes, new: bytes) -> Change:
    def change(made: MadeLog) -> None:
        assert old in made.entries[index]
        made.entries[index] = made.entries[index].replace(old, new)

    return change


def again(index: int, at: int) -> Change:
    return lambda made: made.entries.insert(at, made.entries[index])


def drop(index: int) -> Change:
    def change(made: MadeLog) -> None:
        del made.entries[index]

    return change


def stated(index: int, kind: str, **body: object) -> Change:
    def change(made: MadeLog) -> None:
        made.state(kind, **body)
        made.entries.insert(index, made.entries.pop())

    return change


FIVE = [2, 3, 4, 5, 6]
TWO = {"by": ["张三", "李四"], "reason": "r"}
CLOSE, COUNT = 1009, 1010


@pytest.mark.parametrize(
    ("change", "code", "index"),
    [
        (again(20, 30), "tag", 30),
        (insert(30, "v5", FIVE), "tag", 30),
        (insert(1, "x", FIVE), "before-open", 1),
        (insert(COUNT, "x", FIVE, "2021-07-07"), "after-close", COUNT),
        (insert(900, "x", FIVE, "2021-07-01"), "back-dated", 900),
        (insert(300, "x", FIVE, "2021-07-05"), "ahead", 703),
        (insert(30, "x", FIVE, "2021-06-30"), "period", 30),
        (insert(30, "x", FIVE, "2021-07-08"), "period", 30),
        (insert(30, "x", FIVE, "once"), "period", 30),
        (insert(30, "x", FIVE[:4]), "choice", 30),
        (insert(30, "x", [*FIVE, 7]), "choice", 30),
        (insert(30, "x", [2, 2, 3, 4, 5]), "choice", 30),
        (insert(30, "x", [2, 3, 4, 5, 21]), "choice", 30),
        (replace(2, b'"w":[1,', b'"w":[19,'), "choice", 2),
        (replace(30, b'{"c"', b'{ "c"'), "form", 30),
        (replace(0, b'"k":"rules"', b'"k":"ruler"'), "form", 0),
        (replace(COUNT, b'"accepted":1000', b'"accepted":1001'), "count", COUNT),
        (drop(500), "count", COUNT - 1),
        (drop(1005), "count", COUNT - 1),
        (drop(1003), "ruling", 1004),
        (drop(1), "before-open", 1),
        (replace(CLOSE, b"2021-07-07", b"2021-07-06"), "close", CLOSE),
        (replace(1, b"2021-06-30", b"2021-06-29"), "open", 1),
        (stated(1005, "mark", at="2021-07-01T00:00:00Z"), "time", 1005),
        (stated(1007, "void", quarantine="q1", at="2021-07-02T12:00:00Z", **TWO), "ruled-twice", 1007),
        (stated(1007, "void", quarantine="q9", at="2021-07-02T12:00:00Z", **TWO), "ruling", 1007),
        (
            stated(1007, "void", quarantine="q1", by=["甲", "甲"], reason="r", at="2021-07-02T12:00:00Z"),
            "form", 1007,
        ),
        (
            stated(
                1007, "quarantine", id="q3", rules=[], evidence="0" * 64, ballots=[[30, 50]],
                at="2021-07-02T12:00:00Z",
            ),
            "quarantined-twice", 1007,
        ),
        (
            stated(
                1007, "quarantine", id="q3", rules=[], evidence="0" * 64, ballots=[[700, 703]],
                at="2021-07-02T12:00:00Z",
            ),
            "quarantine-range", 1007,
        ),
        (
            stated(
                1007, "quarantine", id="q3", rules=[], evidence="0" * 64, ballots=[[999, 1008]],
                at="2021-07-02T12:00:00Z",
            ),
            "quarantine-range", 1007,
        ),
    ],
)  # fmt: skip
def test_what_the_entries_say_is_checked(
    made: MadeLog, tmp_path: Path, change: Change, code: str, index: int
) -> None:
    change(made)
    assert (code, index) in rebuilt(made, tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.data())
def test_an_entry_doubled_anywhere_is_named(tmp_path: Path, data: st.DataObject) -> None:
    made = contest()
    index = data.draw(st.integers(2, 701))
    at = data.draw(st.integers(index + 1, 702))
    made.entries.insert(at, made.entries[index])
    folder = tmp_path / f"{index}-{at}" / "spring"
    folder.parent.mkdir(exist_ok=True)
    assert ("tag", at) in faults(made.write(folder))


# --- other grammars ---------------------------------------------------------------------------


def test_several_ballots_in_spans_of_minutes(tmp_path: Path) -> None:
    rule = RULE | {
        "period": "minutes", "period_minutes": 30, "ballots_per_period": 3, "works_min": 1,
        "works_max": 2, "per_work_max": 2,
    }  # fmt: skip
    made = MadeLog(rule=rule).begin()
    period = "2021-07-01T00:30+08:00"
    good = [made.ballot("a", works, period=period) for works in ([1], [1, 2], [3, 3])]
    too_many = made.ballot("a", [4], period=period)
    made.ballot("b", [1, 1], period=period)
    too_often = made.ballot("b", [1], period=period)
    made.ballot("c", [5], period=period)
    wrong = made.ballot("d", [5], period="2021-07-01T00:31+08:00")
    found = rebuilt(made, tmp_path)
    assert sorted(found, key=str) == sorted(
        [("period", wrong), ("tag", too_many), ("per-work", too_often)], key=str
    )
    assert good


def test_entries_that_are_held_back(made: MadeLog, tmp_path: Path) -> None:
    folder = made.write(tmp_path / "logs" / "spring")
    (folder / "entries-to").write_text("2\n")
    found, report = check(folder)
    assert (found.readable, found.count, report.findings) == (2, None, [])
    assert len(report.notes) == 1


def test_a_log_of_which_nothing_is_readable_yet(made: MadeLog, tmp_path: Path) -> None:
    folder = made.write(tmp_path / "logs" / "spring")
    (folder / "entries-to").write_text("0\n")
    found, report = check(folder)
    assert (found.readable, found.count, report.findings) == (0, None, [])


def test_a_damaged_end_of_what_is_readable_is_named(made: MadeLog, tmp_path: Path) -> None:
    folder = made.write(tmp_path / "logs" / "spring")
    (folder / "entries-to").write_text("2O\n")
    _, report = check(folder)
    assert [finding.code for finding in report.findings] == ["entries-to"]


def test_the_factory_counts_in_another_way(made: MadeLog) -> None:
    """The two counts that are compared above share no code."""
    assert tally.__module__ != "paike_verify.recount"
    assert tally(made)["accepted"] == 1000


def test_findings_are_in_both_languages(folder: Path) -> None:
    (folder / "tile/0/000").unlink()
    _, report = check(folder)
    assert all(isinstance(each, Finding) and each.zh and each.en for each in report.findings)
