"""The form of entries: what each kind must hold. docs/spec/ballot-log.md says what it means."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# A ballot has exactly one text. The last letters of tag and commitment leave no bit unused.
BALLOT = re.compile(
    rb'\{"c":"([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])","k":"ballot","p":"([0-9A-Za-z:+.-]{1,32})",'
    rb'"t":"([A-Za-z0-9_-]{21}[AQgw])","w":\[([1-9][0-9]{0,8}(?:,[1-9][0-9]{0,8})*)\]\}'
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{64}")
_SALT = re.compile(r"[0-9a-f]{32}")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


class BadForm(Exception):
    """An entry that is not of its form."""


@dataclass(frozen=True)
class Rule:
    """What the rules say of a ballot."""

    period: str
    minutes: int
    per_period: int
    least: int
    most: int
    per_work: int
    opens: datetime
    closes: datetime
    zone: str


def moment(text: object) -> float:
    """A time of a statement, in seconds since 1970. Raises BadForm."""
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        raise BadForm(f"at: {text}")
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError as fault:
        raise BadForm(f"at: {text}") from fault


def canonical(value: object) -> bytes:
    """Canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def load(data: bytes) -> Any:  # noqa: ANN401 - JSON is anything
    """The value of a JSON text of the kind that is published: it has no fractions, no halves of
    characters, and is not nested deeper than can be read. Raises BadForm."""
    try:
        value = json.loads(data, parse_float=_no_fraction, parse_constant=_no_fraction)
        canonical(value)
    except (ValueError, RecursionError) as fault:
        raise BadForm("JSON") from fault
    return value


def _no_fraction(text: str) -> None:
    """No entry holds a number with a fraction: two programs may write it in two ways."""
    raise ValueError(text)


def statement(entry: bytes) -> dict[str, Any]:
    """An entry that is no ballot, of a known kind and complete. Raises BadForm."""
    value = load(entry)
    if not isinstance(value, dict) or canonical(value) != entry:
        raise BadForm("canonical JSON")
    kind = value.get("k")
    if not isinstance(kind, str) or kind not in KINDS:
        raise BadForm(f"k: {kind}")
    for name, good in KINDS[kind].items():
        if name.endswith("?"):
            if name[:-1] in value and not good(value[name[:-1]]):
                raise BadForm(name[:-1])
        elif name not in value or not good(value[name]):
            raise BadForm(name)
    return value


def rule_of(value: Mapping[str, Any]) -> Rule:
    """The rule of a `rules` statement. Raises BadForm."""
    ballot = value["ballot"]
    try:
        made = Rule(
            period=ballot["period"],
            minutes=ballot.get("period_minutes") or 1,
            per_period=ballot["ballots_per_period"],
            least=ballot["works_min"],
            most=ballot["works_max"],
            per_work=ballot["per_work_max"],
            opens=datetime.fromisoformat(ballot["opens"]),
            closes=datetime.fromisoformat(ballot["closes"]),
            zone=value.get("zone", "Asia/Shanghai"),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise BadForm(f"ballot: {fault}") from fault
    whole = (made.minutes, made.per_period, made.least, made.most, made.per_work)
    if made.period not in ("once", "day", "minutes") or not all(map(_whole, whole)):
        raise BadForm("ballot")
    if made.opens.tzinfo is None or made.closes.tzinfo is None:
        raise BadForm("opens, closes")
    return made


def _text(value: object) -> bool:
    return isinstance(value, str)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _hash(value: object) -> bool:
    return isinstance(value, str) and bool(_HEX.fullmatch(value))


def _salt(value: object) -> bool:
    return isinstance(value, str) and bool(_SALT.fullmatch(value))


def _marks(value: object) -> bool:
    """Work -> marks."""
    return isinstance(value, dict) and all(
        _NUMBER.fullmatch(work) and isinstance(marks, list) and all(map(_whole, marks))
        for work, marks in value.items()
    )


def _works(value: object) -> bool:
    return isinstance(value, list) and all(map(_whole, value)) and value == sorted(set(value))


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _object(value: object) -> bool:
    return isinstance(value, dict)


def _at(value: object) -> bool:
    moment(value)
    return True


def _ranges(value: object) -> bool:
    """[first, last] pairs, ascending, apart from each other."""
    if not isinstance(value, list) or not value:
        return False
    end = -1
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2 or not all(map(_whole, pair)):
            return False
        if not end < pair[0] <= pair[1]:
            return False
        end = pair[1]
    return True


def _two(value: object) -> bool:
    """Two people, by name."""
    return _texts(value) and len(set(value)) == len(value) == 2 and all(value)  # type: ignore[arg-type, call-overload]


_RULING: dict[str, Callable[[Any], bool]] = {
    "quarantine": _text,
    "by": _two,
    "reason": _text,
    "at": _at,
}
KINDS: dict[str, dict[str, Callable[[Any], bool]]] = {
    "rules": {
        "hash": _hash, "rulebook": _text, "ballot": _object, "detection": _object,
        "works": _works, "zone?": _text, "method?": _text, "at": _at,
    },
    "candidates": {"add": _works, "remove": _works, "reason": _text, "at": _at},
    "open": {"at": _at},
    "close": {"at": _at},
    "mark": {"at": _at},
    "quarantine": {
        "id": _text, "rules": _texts, "evidence": _hash, "ballots": _ranges, "work?": _whole,
        "part?": _whole, "parts?": _whole, "method?": _text, "at": _at,
    },
    "release": _RULING,
    "void": _RULING,
    "sanction": {
        "work": _whole, "offence": _whole, "act": _text, "quarantine?": _text, "until?": _at,
        "by": _two, "reason": _text, "at": _at,
    },
    "count": {
        "number": _whole, "accepted": _whole, "valid": _whole, "quarantined": _whole,
        "released": _whole, "void": _whole, "counted": _object, "per_work": _object,
        "per_rule": _object, "zeroed": _works, "at": _at,
    },
    "secret-destroyed": {"sha256": _hash, "at": _at},
    "jury-commit": {"seat": _whole, "sheets": _hash, "at": _at},
    "jury-open": {
        "seat": _whole, "salt": _salt, "criteria": _texts, "marks": _marks, "part": _whole,
        "parts": _whole, "at": _at,
    },
    "result": {"digest": _hash, "at": _at},
}  # fmt: skip
