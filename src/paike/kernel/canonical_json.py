"""One byte string for one value: what is hashed, signed, frozen or compared goes through here.

The form follows RFC 8785 for the values we allow: keys sorted, no white space, UTF-8, no floats
(decimals are written as strings by the caller, so that no reader can round them).
"""

import hashlib
import json


class NotCanonical(TypeError):
    """The value holds something that has no single text, such as a float."""


def dumps(value: object) -> bytes:
    """The canonical bytes of `value`.

    Raises NotCanonical for floats and for types JSON does not know.
    """
    _check(value, at="$")
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(value: object) -> str:
    """SHA-256 of the canonical bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(dumps(value)).hexdigest()


def _check(value: object, *, at: str) -> None:
    if value is None or isinstance(value, str | bool | int):
        return
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"{at}: keys are strings, not {type(key).__name__}")
            _check(item, at=f"{at}.{key}")
        return
    if isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _check(item, at=f"{at}[{index}]")
        return
    raise NotCanonical(f"{at}: {type(value).__name__} has no canonical form")
