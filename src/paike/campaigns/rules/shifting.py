"""The same call at another time: every moment moved by the same span.

A shifted rulebook is another rulebook with a hash of its own.
"""

import re
from datetime import datetime, timedelta
from typing import overload

from paike.campaigns.rules.rulebook import Rulebook

# A moment as a TOML value, never one inside a text: nothing but space lies between = and it.
_MOMENT = re.compile(
    r"(?<==)(\s*)(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?)"
)


@overload
def shift(rulebook: Rulebook, delta: timedelta) -> Rulebook: ...
@overload
def shift(rulebook: str, delta: timedelta) -> str: ...
def shift(rulebook: Rulebook | str, delta: timedelta) -> Rulebook | str:
    """A rulebook, or the TOML text of one, with all its moments moved by `delta`."""
    if isinstance(rulebook, str):
        return _MOMENT.sub(lambda found: found[1] + _later(found[2], delta), rulebook)
    return Rulebook.model_validate(_moved(rulebook.model_dump(), delta))


def _later(written: str, delta: timedelta) -> str:
    return (datetime.fromisoformat(written) + delta).isoformat()


def _moved(value: object, delta: timedelta) -> object:
    if isinstance(value, datetime):
        return value + delta
    if isinstance(value, dict):
        return {key: _moved(item, delta) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_moved(item, delta) for item in value)
    return value
