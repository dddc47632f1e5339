"""Score sheets while they are filled in: reading a mark, and how far a juror has come."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from paike.kernel.text import Text


class State(Enum):
    """Where a work stands on a juror's pile. Skipping changes nothing: it stays `TODO`."""

    TODO = "todo"
    PARTIAL = "partial"
    LATER = "later"
    COMPLETE = "complete"
    RECUSED = "recused"


class BadMark(ValueError):
    """What was typed is not a mark for this criterion."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text


def read_mark(typed: str, *, points: int) -> int | None:
    """A typed mark in tenths; None for an empty field (no mark, which is not a zero).

    Raises BadMark for anything but 0 to `points` in steps of 0.1.
    """
    plain = typed.strip().replace("。", ".").replace("，", ".").replace(",", ".")
    if not plain:
        return None
    match = re.fullmatch(r"([0-9]{1,3})(?:\.([0-9]?))?0*", plain)
    if match is None:
        raise BadMark(NOT_A_MARK.fill(typed=plain[:12], points=points))
    tenths = int(match[1]) * 10 + int(match[2] or 0)
    if tenths > points * 10:
        raise BadMark(TOO_HIGH.fill(typed=plain[:12], points=points))
    return tenths


def show_mark(tenths: int) -> str:
    """A mark for people: 17.5, 20."""
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def state(
    marks: Mapping[str, int], *, criteria: Sequence[str], recused: bool, later: bool
) -> State:
    """The state of one sheet. Complete only when every criterion has a mark."""
    if recused:
        return State.RECUSED
    if all(criterion in marks for criterion in criteria):
        return State.COMPLETE
    if later:
        return State.LATER
    return State.PARTIAL if marks else State.TODO


@dataclass(frozen=True)
class Progress:
    """`done` of `all` sheets are complete; recused works are in neither number."""

    done: int
    all: int
    recused: int

    @property
    def left(self) -> int:
        return self.all - self.done

    @property
    def is_complete(self) -> bool:
        """Nothing is left to mark; who stepped aside from every work is done as well."""
        return self.left == 0 and self.all + self.recused > 0


def progress(states: Sequence[State]) -> Progress:
    recused = sum(1 for each in states if each is State.RECUSED)
    done = sum(1 for each in states if each is State.COMPLETE)
    return Progress(done=done, all=len(states) - recused, recused=recused)


NOT_A_MARK = Text(
    "“{typed}” 不是分数。请填 0 到 {points} 之间的数，最多一位小数。",
    "“{typed}” is not a mark. Give a number from 0 to {points} with at most one decimal.",
)
TOO_HIGH = Text(
    "“{typed}” 超过本项满分 {points} 分。请填 0 到 {points} 之间的数。",
    "“{typed}” is above this criterion's {points} points. Give a number from 0 to {points}.",
)
