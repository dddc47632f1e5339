"""What two rulebooks say differently, key by key: the public half of an amendment."""

from collections.abc import Iterator
from typing import TypedDict

from paike.campaigns.rules.rulebook import Rulebook, to_json

_SILENT = "—"


class Difference(TypedDict):
    """One key with its value before and after; None where there was, or is, none."""

    key: str
    before: object
    after: object


def between(before: Rulebook, after: Rulebook) -> list[Difference]:
    """Every key whose value differs, in the order of the rulebook. Items of a list are named by
    their key or code where they have one: `stages.select.end`."""
    return list(_walk("", to_json(before), to_json(after)))


def _walk(key: str, before: object, after: object) -> Iterator[Difference]:
    if before == after:
        return
    one, two = _named(before), _named(after)
    if one is None or two is None:
        yield Difference(key=key, before=before, after=after)
        return
    for name in [*one, *(name for name in two if name not in one)]:
        inner = f"{key}.{name}" if key else name
        yield from _walk(inner, one.get(name), two.get(name))
    if isinstance(before, list) and set(one) == set(two) and list(one) != list(two):
        yield Difference(key=f"{key} (order)", before=list(one), after=list(two))


def _named(value: object) -> dict[str, object] | None:
    """The value's parts by name; None if it has no named parts."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        names = [item.get("key", item.get("code")) for item in value]
        if None not in names and len(set(names)) == len(names):
            return dict(zip(names, value, strict=True))
    return None


def shown(value: object) -> str:
    """A value as one line for people."""
    if value is None:
        return _SILENT
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "、".join(shown(item) for item in value)
    if isinstance(value, dict):
        return "；".join(f"{name} = {shown(item)}" for name, item in value.items())
    return str(value)
