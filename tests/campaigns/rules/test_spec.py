"""`docs/spec/rulebook.md` and the schema say the same."""

import re
from pathlib import Path

import pytest

from paike.campaigns.rules import keys, support

pytestmark = pytest.mark.rules
SPEC = Path(__file__).parents[3] / "docs" / "spec" / "rulebook.md"
COLUMNS = 7


def rows() -> dict[str, list[str]]:
    lines = [line for line in SPEC.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0].strip("`"): row for row in cells}


def test_every_key_is_documented_and_every_documented_key_exists() -> None:
    assert list(rows()) == [key.name for key in keys.every_key()]


def test_no_row_has_a_gap() -> None:
    for name, row in rows().items():
        assert len(row) == COLUMNS, name
        assert row[1], name
        assert row[2], name
        assert row[4], name


def test_required_keys_and_allowed_words_are_those_of_the_schema() -> None:
    documented = rows()
    for key in keys.every_key():
        row = documented[key.name]
        assert row[4].startswith("required") == key.required, key.name
        assert tuple(re.findall(r"`([^`]+)`", row[3])) == key.choices, key.name


def test_what_is_not_carried_out_yet_is_marked() -> None:
    documented = rows()
    for name, kinds in support.CARRIED_OUT.items():
        marked = set(re.findall(r"`([^`]+)`\*", documented[name][3]))
        assert marked == set(re.findall(r"`([^`]+)`", documented[name][3])) - set(kinds), name
    for name in support.NOT_YET:
        assert documented[name][6] == "not yet", name


def test_every_key_of_the_support_table_exists() -> None:
    known = {key.name for key in keys.every_key()}
    assert {*support.CARRIED_OUT, *support.NOT_YET} <= known
