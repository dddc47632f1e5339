"""The table of kinds and the code say the same."""

import ast
from pathlib import Path

import pytest

from paike.notify.rules import kinds

pytestmark = pytest.mark.rules

SOURCE = Path(__file__).parents[3] / "src" / "paike"


def sent() -> dict[str, str]:
    """Every kind the code sends: kind -> where. Given as `kind="…"` to a sender of messages, or a
    value of a module's table `KINDS` from which `kind=KINDS[…]` picks."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "messages.send(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            for kind in _kinds_of(node):
                found[kind] = str(path.relative_to(SOURCE))
    return found


def _kinds_of(node: ast.AST) -> list[str]:
    values: list[ast.expr] = []
    if isinstance(node, ast.Call):
        values = [keyword.value for keyword in node.keywords if keyword.arg == "kind"]
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "KINDS":
        values = node.value.values if isinstance(node.value, ast.Dict) else []
    return [str(value.value) for value in values if isinstance(value, ast.Constant)]


def test_every_kind_that_is_sent_is_known_and_every_known_kind_is_sent() -> None:
    assert set(sent()) == kinds.KINDS


def test_urgent_kinds_are_kinds() -> None:
    assert kinds.URGENT <= kinds.KINDS
