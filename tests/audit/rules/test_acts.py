"""The table of acts and the code say the same."""

import ast
from pathlib import Path

import pytest

from paike.audit.rules import acts

pytestmark = pytest.mark.rules

SOURCE = Path(__file__).parents[3] / "src" / "paike"


def written() -> dict[str, str]:
    """Every act the code writes, by a literal: act -> where. An act is `thing.past-participle`,
    given as `act=...` or, to a function of the module that passes it on, as its first argument."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "act=" not in text or path.is_relative_to(SOURCE / "audit"):
            continue
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call):
                for act in _acts_of(call):
                    found.setdefault(act, str(path.relative_to(SOURCE)))
    return found


def _acts_of(call: ast.Call) -> list[str]:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "act"]
    if isinstance(call.func, ast.Name) and call.func.id in ("_audit", "_record", "_write"):
        given += call.args[:1]
    literals = [
        node for value in given for node in ast.walk(value) if isinstance(node, ast.Constant)
    ]
    return [node.value for node in literals if isinstance(node.value, str) and "." in node.value]


def test_every_act_that_is_written_is_in_the_table() -> None:
    missing = {act: where for act, where in written().items() if act not in acts.ACTS}
    assert not missing, "add these to audit/rules/acts.py"


def test_the_search_finds_acts() -> None:
    assert {"account.closed", "personal-data.revealed", "entry.withdrawn"} <= set(written())


def test_every_act_is_said_in_both_languages() -> None:
    for act, text in acts.ACTS.items():
        assert text.zh, act
        assert text.en, act
        assert text.zh != text.en, act


def test_an_act_of_an_older_release_is_still_shown() -> None:
    assert acts.words("entry.exploded").zh == "entry.exploded"
