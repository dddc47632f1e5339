"""How a list of units fits onto the tree that is there: what is new, what is renamed, what can't
be. Pure: the tree comes as plain values."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from paike.kernel.text import Text
from paike.orgs.rules import levels, listing
from paike.orgs.rules.listing import Row, RowFault


@dataclass(frozen=True)
class Known:
    """A unit of the tree, by code. `parent` is its parent's code."""

    parent: str
    name: str
    short_name: str
    name_en: str
    level: str


@dataclass(frozen=True)
class Plan:
    """What an import does. With faults it does nothing."""

    new: tuple[Row, ...]
    changed: tuple[Row, ...]
    unchanged: int
    faults: tuple[RowFault, ...]


def plan(
    rows: Sequence[Row], known: Mapping[str, Known], *, permitted: Collection[str] | None
) -> Plan:
    """Compare a list with the tree. `permitted`: codes of units under which the importer may plant
    (None: everywhere)."""
    first = {row.code: row for row in reversed(rows)}
    faults = [
        *_doubles(rows, first),
        *(fault for row in rows for fault in _placed(row, first, known)),
        *_circles(rows, first),
        *_same_names(first, known),
        *_outside(rows, first, known, permitted),
    ]
    new = tuple(row for row in rows if row.code not in known)
    old = [row for row in rows if row.code in known]
    changed = tuple(row for row in old if _differs(row, known[row.code]))
    return Plan(
        new=new,
        changed=changed,
        unchanged=len(old) - len(changed),
        faults=tuple(sorted(faults, key=lambda fault: fault.line)),
    )


def _differs(row: Row, unit: Known) -> bool:
    return (row.name, row.short_name, row.name_en or unit.name_en) != (
        unit.name,
        unit.short_name,
        unit.name_en,
    )


def _doubles(rows: Sequence[Row], first: Mapping[str, Row]) -> Iterator[RowFault]:
    for row in rows:
        if first[row.code] is not row:
            line = first[row.code].line
            yield _fault(
                row,
                "code",
                Text(
                    f"代码“{row.code}”与第 {line} 行重复。",
                    f"“{row.code}” also stands in line {line}.",
                ),
                Text(
                    "每个单位一个代码，请删去一行或改代码。",
                    "One code per unit: remove or rename one.",
                ),
            )


def _placed(row: Row, first: Mapping[str, Row], known: Mapping[str, Known]) -> Iterator[RowFault]:
    unit = known.get(row.code)
    if unit is not None and (unit.parent, unit.level) != (row.parent, row.level):
        yield _fault(
            row,
            "parent" if unit.parent != row.parent else "level",
            Text(f"“{row.code}”已在“{unit.parent}”之下（{levels.NAMES[unit.level].zh}），导入不能移动单位。",
                 f"“{row.code}” already stands under “{unit.parent}” ({unit.level}); an import moves no unit."),
            Text("请写原来的上级和级别，或换一个新代码。", "Keep its parent and level, or use a new code."),
        )  # fmt: skip
        return
    above = first.get(row.parent)
    level = above.level if above else known[row.parent].level if row.parent in known else None
    if row.parent and level is None:
        yield _fault(
            row,
            "parent",
            Text(f"没有代码为“{row.parent}”的上级单位。", f"There is no unit “{row.parent}”."),
            Text(
                "检查上级代码，或把上级单位也写进文件。", "Check the code, or list that unit too."
            ),
        )
    elif unit is None and (level is None or not levels.may_stand_under(row.level, level)):
        named = levels.NAMES[level] if level else Text("（无上级）", "no parent")
        yield _fault(
            row,
            "level",
            Text(f"“{levels.NAMES[row.level].zh}”不能设在“{named.zh}”之下。",
                 f"{levels.NAMES[row.level].en} can't stand under: {named.en}."),
            Text("请改级别，或写更高一级的上级。", "Change the level, or give a higher parent."),
        )  # fmt: skip


def _circles(rows: Sequence[Row], first: Mapping[str, Row]) -> Iterator[RowFault]:
    state: dict[str, bool] = {}  # code -> whether it leads out of the file
    for row in rows:
        trail: list[str] = []
        code = row.code
        while code in first and code not in state and code not in trail:
            trail.append(code)
            code = first[code].parent
        leads_out = state.get(code, code not in first)
        state.update(dict.fromkeys(trail, leads_out))
        if not state[row.code]:
            yield _fault(
                row,
                "parent",
                Text(
                    f"“{row.code}”的上级绕了一圈又回到自己。",
                    f"The parents of “{row.code}” form a circle.",
                ),
                Text("请改正其中一个上级代码。", "Correct one of the parents."),
            )


def _same_names(first: Mapping[str, Row], known: Mapping[str, Known]) -> Iterator[RowFault]:
    taken: dict[tuple[str, str], tuple[str, int | None]] = {
        (unit.parent, unit.name): (code, None) for code, unit in known.items() if code not in first
    }
    for row in first.values():
        taken_by = taken.setdefault((row.parent, row.name), (row.code, row.line))
        if taken_by[0] != row.code:
            code = taken_by[0]
            yield _fault(
                row,
                "name",
                Text(f"同一上级下已有同名单位（代码 {code}）。",
                     f"The same parent has a unit of this name already ({code})."),
                Text("检查是否重复，或把名称写得更完整。", "Check for a duplicate, or write the full name."),
            )  # fmt: skip


def _outside(
    rows: Sequence[Row],
    first: Mapping[str, Row],
    known: Mapping[str, Known],
    permitted: Collection[str] | None,
) -> Iterator[RowFault]:
    if permitted is None:
        return
    for row in rows:
        unit = known.get(row.code)
        if row.parent in permitted or (unit is not None and not _differs(row, unit)):
            continue  # a list may name the importer's own unit, but not rename it
        if row.parent not in known:
            continue  # a parent that is listed only here is judged in its own line
        yield _fault(
            row,
            "parent",
            Text(
                f"“{row.parent}”不在您管理的范围内。", f"“{row.parent}” is not yours to look after."
            ),
            Text("只能导入本单位的下级单位。", "Import only units below your own."),
        )


def _fault(row: Row, name: str, wrong: Text, todo: Text) -> RowFault:
    return RowFault(row.line, listing.column(name), wrong, todo)
