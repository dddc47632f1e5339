"""Score sheets in a log: hashes first, when the jurors sealed, and the sheets with the result."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from paike_verify import forms
from paike_verify.findings import Wrong

Piles = Mapping[int, Mapping[str, list[int]]]  # seat -> number of the work -> marks in tenths


@dataclass
class _Seat:
    committed: str  # the latest hash
    parts: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    marks: dict[str, list[int]] | None = None  # once all parts are there


class Jury:
    """The seats of a log so far."""

    def __init__(self) -> None:
        self._seats: dict[int, _Seat] = {}

    @property
    def opened(self) -> Piles:
        """What was opened and is what had been committed to."""
        return {
            number: seat.marks for number, seat in self._seats.items() if seat.marks is not None
        }

    def commit(self, value: Mapping[str, Any]) -> None:
        """A `jury-commit`; a later one takes the place of an earlier one. Raises Wrong."""
        if any(seat.parts for seat in self._seats.values()):
            raise Wrong(
                "jury-late",
                f"评委 {value['seat']} 在评分公布之后才封存。",
                f"Seat {value['seat']} commits after sheets were opened.",
            )
        self._seats[value["seat"]] = _Seat(value["sheets"])

    def open(self, value: Mapping[str, Any]) -> None:
        """A `jury-open`, or a part of one. Raises Wrong."""
        number, part, parts = value["seat"], value["part"], value["parts"]
        seat = self._seats.get(number)
        if seat is None:
            raise Wrong(
                "jury-unknown",
                f"评委 {number} 的评分公布前没有封存。",
                f"The sheets of seat {number} were not committed to before.",
            )
        first = next(iter(seat.parts.values()), value)
        same = all(first[name] == value[name] for name in ("parts", "salt", "criteria"))
        if not same or part in seat.parts or not 1 <= part <= parts:
            raise Wrong(
                "jury-part",
                f"评委 {number} 评分的第 {part} 部分重复或前后不一致。",
                f"Part {part} of seat {number} comes twice or does not fit the others.",
            )
        seat.parts[part] = value
        if len(seat.parts) == parts:
            self._close(number, seat)

    def all_open(self) -> None:
        """Where anything was opened, everything must be. Raises Wrong."""
        missing = [number for number, seat in self._seats.items() if len(seat.parts) < _all(seat)]
        if missing:
            seats = ", ".join(map(str, sorted(missing)))
            raise Wrong(
                "jury-unopened",
                f"评委 {seats} 封存的评分没有公布。",
                f"What was committed to was not opened: seat {seats}.",
            )

    @staticmethod
    def _close(number: int, seat: _Seat) -> None:
        first = next(iter(seat.parts.values()))
        marks: dict[str, list[int]] = {}
        for value in seat.parts.values():
            if marks.keys() & value["marks"].keys():
                raise Wrong(
                    "jury-part",
                    f"评委 {number} 对同一作品的评分出现两次。",
                    f"Seat {number} has two sheets for one work.",
                )
            marks.update(value["marks"])
        pile = {"criteria": first["criteria"], "marks": marks, "seat": number}
        salted = bytes.fromhex(first["salt"]) + forms.canonical(pile)
        if hashlib.sha256(salted).hexdigest() != seat.committed:
            raise Wrong(
                "jury-changed",
                f"评委 {number} 公布的评分与封存时不同。",
                f"The sheets of seat {number} are not those that were committed to.",
            )
        seat.marks = marks


def _all(seat: _Seat) -> int:
    """How many parts the opening of a seat has; one, before the first is seen."""
    return int(next(iter(seat.parts.values()))["parts"]) if seat.parts else 1
