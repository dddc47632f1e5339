"""What an organisation tree needs of a rulebook, said without knowing the rulebook."""

from collections.abc import Sequence
from typing import Protocol

ROOT = "ORGANISER"  # lasting codes; the names are the rulebook's
UNDERTAKER = "UNDERTAKER"
ORGANISING = (ROOT, UNDERTAKER)  # whose staff may be organisers and editors


class Words(Protocol):
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


class Party(Protocol):
    @property
    def name(self) -> Words: ...


class Body(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def short_name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


class Call(Protocol):
    """The part of a rulebook that names organisations."""

    @property
    def organiser(self) -> Party: ...
    @property
    def undertaker(self) -> Party: ...
    @property
    def bodies(self) -> Sequence[Body]: ...
