"""A log whose owner signed whatever he liked: what an entry holds is judged, and breaks nothing."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from paike_verify import cli, forms
from tests.factories.ballot_log import RULE, VKEY, MadeLog
from tests.paike_verify.damage import Said, run

pytestmark = pytest.mark.rules
some = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
AT = "2021-07-01T01:00:00Z"
ZONELESS = 3  # a time zone that no computer knows: of the ballots nothing is said
BY = {"by": ["张三", "李四"], "reason": "见证据", "at": AT}
# One good statement of every kind.
GOOD: dict[str, dict[str, Any]] = {
    "rules": {
        "hash": "0" * 64, "rulebook": "spring", "ballot": RULE, "detection": {},
        "zone": "Asia/Shanghai", "works": list(range(1, 21)), "at": AT,
    },
    "candidates": {"add": [21], "remove": [20], "reason": "撤回", "at": AT},
    "open": {"at": AT},
    "close": {"at": "2021-07-07T16:00:30Z"},
    "mark": {"at": AT},
    "quarantine": {
        "id": "q", "work": 1, "rules": ["burst"], "evidence": "0" * 64, "ballots": [[2, 4]],
        "part": 1, "parts": 1, "at": AT,
    },
    "release": {"quarantine": "q", **BY},
    "void": {"quarantine": "q", **BY},
    "sanction": {"work": 1, "offence": 1, "act": "zero-votes", "quarantine": "q", **BY},
    "count": {
        "number": 1, "accepted": 3, "valid": 3, "quarantined": 0, "released": 0, "void": 0,
        "counted": {}, "per_work": {}, "per_rule": {}, "zeroed": [], "at": AT,
    },
    "secret-destroyed": {"sha256": "0" * 64, "at": AT},
    "jury-commit": {"seat": 1, "sheets": "0" * 64, "at": AT},
    "jury-open": {
        "seat": 1, "salt": "01" * 16, "criteria": ["story"], "marks": {"1": [1]}, "part": 1,
        "parts": 1, "at": AT,
    },
    "result": {"digest": "0" * 64, "at": AT},
}  # fmt: skip
ODD = st.sampled_from(
    [
        None, True, -1, 0, 10**400, 1.5, float("nan"), float("inf"), "", "\x00", "\x1b[2J\n核验通过。",
        "\ud800", "x" * 300, "Asia", "../zone", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00", "2021-07-01T00:00:00", "٢٠٢١-07-01T00:00:00Z", [], {}, [[]], [{}],
        [1, 1], [[2, 1]], [[0, 10**30]], ["甲", "甲"], {"1": 1}, {"period": "day"}, {"": None},
        RULE | {"period": "minutes", "period_minutes": 10**30},
        RULE | {"period": "minutes", "period_minutes": "10"},
        RULE | {"opens": "0001-01-01T00:00:00+14:00", "closes": "9999-12-31T23:59:59-14:00"},
        RULE | {"works_max": 1.0}, RULE | {"opens": None}, RULE | {"period": []},
    ]
)  # fmt: skip
anything = ODD | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def judged(
    entry: bytes, tmp_path: Path, *, rule: dict[str, Any] = RULE, first: bool = False
) -> Said:
    """A log with this entry among others, as its first one or behind three ballots."""
    made = MadeLog(rule=rule).begin()
    made.ballots(3)
    if first:
        made.entries[0] = entry
    else:
        made.entries.append(entry)
    made.state("mark", at=AT)
    folder = made.write(tmp_path / uuid4().hex / "spring")
    run("recount", folder, "--key", VKEY)
    assert cli.main(["log", str(folder), "--key", VKEY]) in (0, 1, ZONELESS)  # as text too
    said = run("log", folder, "--key", VKEY)
    assert not said.findings or said.is_clear()
    return said


def written(value: object, *, plain: bool) -> bytes:
    """Canonical JSON where there is such; escaped otherwise."""
    if not plain:
        try:
            return forms.canonical(value)
        except ValueError:
            pass  # half a character
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize("kind", GOOD)
def test_every_kind_is_known_here(kind: str, tmp_path: Path) -> None:
    assert GOOD.keys() == forms.KINDS.keys()
    said = judged(forms.canonical({"k": kind, **GOOD[kind]}), tmp_path)
    assert "form" not in said.codes


@pytest.mark.parametrize("kind", GOOD)
@some
@given(data=st.data())
def test_whatever_a_statement_holds(kind: str, tmp_path: Path, data: st.DataObject) -> None:
    value: dict[str, Any] = {"k": kind, **GOOD[kind]}
    name = data.draw(st.sampled_from([*value, "more"]))
    if data.draw(st.booleans()):
        value[name] = data.draw(anything)
    else:
        value.pop(name, None)
    entry = written(value, plain=data.draw(st.booleans()))
    judged(entry, tmp_path, first=kind == "rules")


@some
@given(st.binary(max_size=200) | anything.map(lambda value: written(value, plain=True)))
@example(b"[" * 60_000)
@example(b'{"k":' * 10_000 + b"1" + b"}" * 10_000)
@example(b'{"k":[]}')
@example(b'{"k":"mark","at":"\\ud800"}')
def test_whatever_an_entry_is(tmp_path: Path, entry: bytes) -> None:
    assert "form" in judged(entry, tmp_path).codes


@pytest.mark.parametrize("kind", ["once", "day", "minutes"])
@some
@given(st.from_regex(r"[0-9A-Za-z:+.-]{1,32}", fullmatch=True))
@example("9999-12-31")
@example("0001-01-01")
@example("9999-12-31T23:59+08:00")
@example("0001-01-01T00:00+23:59")
def test_whatever_a_period_is_called(tmp_path: Path, kind: str, period: str) -> None:
    entry = MadeLog().begin()
    entry.ballot("x", [2, 3, 4, 5, 6], period=period)
    rule = RULE | {"period": kind, "period_minutes": 30 if kind == "minutes" else None}
    judged(entry.entries[-1], tmp_path, rule=rule)


def test_a_log_cannot_speak_for_the_verifier(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is quoted from it begins no line and moves no cursor."""
    entry = forms.canonical({"k": "mark", "at": "\x1b[2J\n核验通过。\n  All of it holds."})
    judged(entry, tmp_path)
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert not any(line.startswith("核验通过") for line in (said.out + said.err).splitlines())


@pytest.mark.parametrize("wrong", [1.0, True, "1"])
def test_a_count_is_held_to_the_letter(tmp_path: Path, wrong: object) -> None:
    """1.0 is no integer, and true is not 1."""
    made = MadeLog().begin()
    made.ballots(3)
    made.close()
    made.count()
    last = json.loads(made.entries[-1])
    last["counted"][next(work for work, votes in last["counted"].items() if votes == 1)] = wrong
    made.entries[-1] = forms.canonical(last)
    said = run("log", made.write(tmp_path / "logs" / "spring"), "--key", VKEY)
    assert said.codes & {"count", "form"}
