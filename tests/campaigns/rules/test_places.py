"""The line of every key, whatever the shape in which the TOML is written."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.campaigns.rules import places
from paike.campaigns.rules.faults import Place

pytestmark = pytest.mark.rules

SOURCE = """# a comment = 1
title = "a # b = [c]"  # tail
dotted.one.two = 1
"quoted.key" = 'literal'
list = [
  1, # first
  "x]",
  { a = 1, b = [2,
    3] },
]
long = \"\"\"
not = a key
[nor a table]
\"\"\"

[table]
x = { y = { z = 1 } }

[[many]]
k = 1

[[many]]
k = 2
[many.inner]
deep = true
[[many.list]]
q = 1
[[many.list]]
q = 2021-07-01T00:00:00
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("title",), 2),
        (("dotted", "one", "two"), 3),
        (("quoted.key",), 4),
        (("list",), 5),
        (("list", 0), 6),
        (("list", 1), 7),
        (("list", 2, "a"), 8),
        (("list", 2, "b", 1), 9),
        (("long",), 11),
        (("table",), 16),
        (("table", "x", "y", "z"), 17),
        (("many", 0, "k"), 20),
        (("many", 1), 22),
        (("many", 1, "k"), 23),
        (("many", 1, "inner", "deep"), 25),
        (("many", 1, "list", 1, "q"), 29),
    ],
)
def test_by_example(place: Place, line: int) -> None:
    assert places.lines(SOURCE)[place] == line


def test_what_has_no_line_is_found_at_the_nearest_thing_around_it() -> None:
    known = places.lines(SOURCE)
    assert places.line_of(known, ("many", 1, "missing")) == 22
    assert places.line_of(known, ("missing",)) is None


NAMES = st.text(alphabet="abcxyz01-_", min_size=1, max_size=6)
STRINGS = st.text(alphabet="ab#=[]{},.'中\\ \t", max_size=8)
SCALARS = st.one_of(st.integers(0, 9), st.booleans(), STRINGS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


def written(value: Any) -> str:  # noqa: ANN401 - any TOML value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace("\t", "\\t")
        return f'"{escaped}"'
    if isinstance(value, list):
        return "[\n" + "".join(f"  {written(item)}, # ] = \n" for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{k}" = {written(v)}' for k, v in value.items()) + " }"
    return str(value)


def leaves(value: Any, place: Place = ()) -> dict[Place, Any]:  # noqa: ANN401
    found: dict[Place, Any] = {place: value} if place else {}
    if isinstance(value, dict):
        items: Any = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    else:
        return found
    for step, inner in items:
        found |= leaves(inner, (*place, step))
    return found


@given(tables=st.dictionaries(NAMES, st.dictionaries(NAMES, VALUES, max_size=3), max_size=4))
def test_every_value_of_any_document_has_the_line_on_which_it_stands(
    tables: dict[str, dict[str, Any]],
) -> None:
    lines: list[str] = []
    expected: dict[Place, int] = {}
    for table, values in tables.items():
        expected[(table,)] = sum(line.count("\n") + 1 for line in lines) + 1
        lines.append(f'["{table}"]')
        for name, value in values.items():
            expected[(table, name)] = sum(line.count("\n") + 1 for line in lines) + 1
            lines.append(f'"{name}" = {written(value)}')
    source = "\n".join(lines)
    assert tomllib.loads(source) == tables
    found = places.lines(source)
    assert {place: found[place] for place in expected} == expected
    assert set(found) == set(leaves(tables))
