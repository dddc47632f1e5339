"""A rulebook's TOML text, read: either a whole rulebook, or the list of all its faults."""

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from paike.campaigns.rules import checks, complaints, places
from paike.campaigns.rules.faults import Complaint, Fault, Faulty, Place, dotted
from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel.text import Text


def decoded(data: bytes) -> str:
    """The text of a rulebook's file. TOML is UTF-8; a mark of byte order in front is left out.

    Raises Faulty for another encoding, such as what older Chinese editors save.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as refused:
        line = data.count(b"\n", 0, refused.start) + 1
        wrong = Text("文件不是 UTF-8 编码。", "The file is not UTF-8.")
        todo = Text(
            "请在编辑器里“另存为”，编码选 UTF-8。", "Save it as UTF-8 in your editor (“Save as”)."
        )
        raise Faulty([Fault("TOML", line, wrong, todo)]) from refused


def read(source: str) -> Rulebook:
    """The rulebook in `source`. Moments without an offset are in the rulebook's own time zone.

    Raises Faulty with every fault that was found.
    """
    raw = _parse(source)
    try:
        rulebook = Rulebook.model_validate(_in_zone(raw, _zone(raw)))
    except ValidationError as refused:
        raise Faulty(located(source, complaints.of(refused))) from refused
    complained = checks.faults(rulebook)
    if complained:
        raise Faulty(located(source, complained))
    return rulebook


def from_json(data: Mapping[str, Any]) -> Rulebook:
    """A rulebook from its stored JSON.

    Raises Faulty where a change (an amendment) made it wrong; there are no lines then.
    """
    try:
        rulebook = Rulebook.model_validate(data)
    except ValidationError as refused:
        raise Faulty(located("", complaints.of(refused))) from refused
    complained = checks.faults(rulebook)
    if complained:
        raise Faulty(located("", complained))
    return rulebook


def warnings(source: str, rulebook: Rulebook) -> list[Fault]:
    """What is allowed but unwise, with its lines."""
    return located(source, checks.warnings(rulebook))


def located(source: str, complained: list[Complaint]) -> list[Fault]:
    """Complaints with the lines of `source`, in their order."""
    known: dict[Place, int] = places.lines(source.removeprefix("\ufeff")) if source else {}
    faults = [
        Fault(dotted(place), places.line_of(known, place), wrong, allowed)
        for place, wrong, allowed in complained
    ]
    return sorted(faults, key=lambda fault: (fault.line or 0, fault.key))


def _parse(source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source.removeprefix("\ufeff"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else source.count("\n") + 1
        fault = Fault(
            key="TOML",
            line=line,
            wrong=Text(
                zh=f"这一行不是有效的 TOML（{error}）。", en=f"This is not valid TOML ({error})."
            ),
            allowed=Text(
                zh="请检查引号、括号和等号是否成对完整。",
                en="Check that quotes, brackets and equals signs are complete.",
            ),
        )
        raise Faulty([fault]) from error


def _zone(raw: Mapping[str, Any]) -> tzinfo:
    try:
        return ZoneInfo(str(raw.get("timezone", "")))
    except (KeyError, ValueError, OSError):
        return UTC  # the check of `timezone` says what is wrong


def _in_zone(value: object, zone: tzinfo) -> object:
    """Every moment in the rulebook's zone, so that one moment has one text and one hash."""
    if isinstance(value, datetime):
        return value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, dict):
        return {key: _in_zone(item, zone) for key, item in value.items()}
    if isinstance(value, list):
        return [_in_zone(item, zone) for item in value]
    return value
