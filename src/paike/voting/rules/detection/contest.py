"""What the detectors look at: the ballots of one call as columns, and what is known beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from paike.campaigns.rules.rulebook import Detection

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Works = npt.NDArray[np.int16]
Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.bool_]

T = TypeVar("T")

NO_WORK = -1  # where a ballot names fewer works than the longest does


@dataclass(frozen=True)
class Columns:
    """One row a ballot, in the order of time. Codes count from 0 and lead back to nobody.

    `at`: seconds since the opening · `picks`: (ballots, most works on one), ascending in each row,
    NO_WORK first · `network` and `referral`: 0 means unknown, or none · `seen_for` seconds and
    `watched` works: -1 means unknown.
    """

    at: Floats
    voter: Codes
    picks: Works
    network: Codes
    referral: Codes
    seen_for: Codes
    watched: Works

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True)
class Window:
    """A declared mobilisation window of one work: seconds since the opening, half-open."""

    work: int
    start: float
    end: float


@dataclass(frozen=True)
class Contest:
    """The columns with all that explains them. Works are codes 0..works-1 everywhere.

    `bodies`: the recommending body of each work as a code, -1 for none; `midnight`: the second of
    the first midnight before the opening; `claimed`: the votes that the running count shows, by
    work; `jury_ranks`: work -> rank, empty until the marks are in.
    """

    columns: Columns
    works: int
    rule: Detection
    bodies: Codes
    midnight: float = 0.0
    windows: tuple[Window, ...] = ()
    claimed: Mapping[int, int] = field(default_factory=dict)
    jury_ranks: Mapping[int, int] = field(default_factory=dict)
    _made: dict[Callable[..., Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def once(self, make: Callable[["Contest"], T]) -> T:
        """What `make` works out of this contest, once however many detectors ask for it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def rows_of(self, work: int) -> Ints:
        """The ballots that name a work, in the order of time."""
        starts, rows = self._by_work
        return rows[starts[work] : starts[work + 1]]

    @cached_property
    def _by_work(self) -> tuple[Ints, Ints]:
        picks = self.columns.picks
        fresh = np.ones(picks.shape, dtype=np.bool_)  # a repeat on one ballot is not a second one
        fresh[:, 1:] = picks[:, 1:] != picks[:, :-1]
        named = fresh & (picks >= 0)
        works = picks[named]
        rows = np.nonzero(named)[0]
        order = np.argsort(works, kind="stable")
        starts = np.searchsorted(works[order], np.arange(self.works + 1))
        return starts.astype(np.int64), rows[order]

    @cached_property
    def named(self) -> Ints:
        """How many ballots name each work."""
        return np.diff(self._by_work[0])

    @cached_property
    def days(self) -> Codes:
        """The day of every ballot, from the first midnight."""
        return ((self.columns.at - self.midnight) // 86_400).astype(np.int32)

    @cached_property
    def fresh(self) -> Bits:
        """Ballots cast at first sight, with nothing watched (D4's trait)."""
        columns = self.columns
        quick = (columns.seen_for >= 0) & (columns.seen_for < self.rule.fresh_seconds)
        still: Bits = columns.watched == 0
        return quick & still

    def in_windows(self, work: int, rows: Ints) -> Bits:
        """Which of `rows` lie in a declared mobilisation window of the work."""
        at = self.columns.at[rows]
        inside = np.zeros(len(rows), dtype=np.bool_)
        for window in self.windows:
            if window.work == work:
                inside |= (at >= window.start) & (at < window.end)
        return inside
