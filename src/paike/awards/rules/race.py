"""What the result is made of, and in which terms: works with votes and sheets, and the rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from paike.jury.rules import scoring

Tie = Literal[
    "total", "jury", "jury-median", "first-criterion", "head-to-head", "votes", "committee"
]


@dataclass(frozen=True)
class Work:
    """A work in the race. `sheets` holds each juror's complete sheet, in tenths of a point."""

    id: str
    votes: int
    sheets: Mapping[str, scoring.Tenths]


@dataclass(frozen=True)
class Blend:
    """How votes and jury become one total. The weights are exact."""

    formula: Literal["percentile-rank", "share-of-maximum", "votes-only", "jury-only"]
    votes: Fraction
    jury: Fraction


@dataclass(frozen=True)
class Rung:
    """A level of the ladder and how many works it takes."""

    key: str
    count: int


@dataclass(frozen=True)
class Rules:
    """The rulebook, as far as the result needs it."""

    blend: Blend
    scheme: scoring.Scheme
    full_marks: int  # points of all criteria together
    quorum: int
    ties: tuple[Tie, ...]
    ladder: tuple[Rung, ...]

    @property
    def uses_jury(self) -> bool:
        return self.blend.formula != "votes-only"
