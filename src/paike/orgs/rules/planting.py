"""What an organisation tree needs of a rulebook, said without knowing the rulebook."""

from collections.abc import Sequence
from typing import Protocol

ROOT = "ACFTU"
ROOT_NAME = "中华全国总工会"
ROOT_NAME_EN = "All-China Federation of Trade Unions"
UNDERTAKER = "WORKERS-DAILY"
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
    def undertaker(self) -> Party: ...
    @property
    def bodies(self) -> Sequence[Body]: ...
