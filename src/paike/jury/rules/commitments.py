"""Committing to a pile: a hash that fixes every mark and tells none.

The hash is SHA-256(salt ‖ pile), as docs/spec/ballot-log.md gives it. Without the salt nobody can
try out marks until the hash fits.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from paike.jury.rules.scoring import Tenths
from paike.kernel import canonical_json

SALT = 16  # bytes


@dataclass(frozen=True)
class Pile:
    """A juror's complete sheets: the number of the seat, the criteria, and by the number of the
    work its marks in tenths, in the order of the criteria."""

    seat: int
    criteria: tuple[str, ...]
    marks: Mapping[int, Tenths]

    def digest(self, salt: bytes) -> str:
        """The hash, in hexadecimal."""
        return hashlib.sha256(salt + self._canonical()).hexdigest()

    def _canonical(self) -> bytes:
        marks = {str(work): list(tenths) for work, tenths in self.marks.items()}
        return canonical_json.dumps(
            {"criteria": list(self.criteria), "marks": marks, "seat": self.seat}
        )
