"""Opaque names for things that people see in links and on paper."""

import secrets
import uuid

# Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed on a phone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> uuid.UUID:
    """A random identifier (122 bits), safe to show: it tells neither order nor number."""
    return uuid.uuid4()


def new_code(length: int = 10) -> str:
    """A random code of `length` characters, 5 bits each, for links and printed papers."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read_code(typed: str) -> str:
    """A typed code in its written form: O is 0, I and L are 1, case and hyphens do not count."""
    plain = typed.strip().upper().replace("-", "").replace(" ", "")
    return plain.translate(str.maketrans("OIL", "011"))
