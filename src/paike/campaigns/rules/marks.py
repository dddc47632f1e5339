"""Which keys of a rulebook are ours: defaults where the notice is silent."""

from paike.campaigns.rules.rulebook import Rulebook, to_json


def exists(rulebook: Rulebook, marked: str) -> bool:
    """Whether the dotted key leads to a value. Items of a list are named by their key or code:
    `stages.select.deeds`, `bodies.BJ`."""
    value: object = to_json(rulebook)
    for step in marked.split("."):
        value = _inside(value, step)
        if value is None:
            return False
    return True


def is_ours(rulebook: Rulebook, key: str) -> bool:
    """Whether `key`, or a part it belongs to, is marked as ours."""
    return any(key == marked or key.startswith(f"{marked}.") for marked in rulebook.ours)


def _inside(value: object, step: str) -> object:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict) and step in (item.get("key"), item.get("code")):
                return item
    return None
