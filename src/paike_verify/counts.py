"""The counts that a log states, held against its ballots and decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from paike_verify import forms
from paike_verify.findings import Problem

Count = Mapping[str, Any]


@dataclass(frozen=True)
class Votes:
    """What a result is to be computed from. `counted`: number of a work -> votes; `race`: the
    numbers of the works in the race."""

    counted: Mapping[str, Any]
    race: frozenset[str]


class Counts:
    """All counts of a log so far. What is wrong with one is returned, not raised."""

    def __init__(self) -> None:
        self._stated = 0
        self.latest: Count | None = None

    def state(self, value: Count, ours: Count) -> list[Problem]:
        """A `count`, and what everything before it gives."""
        self._stated += 1
        self.latest = {name: each for name, each in value.items() if name not in ("k", "at")}
        names = _differing({**ours, "number": self._stated}, self.latest)
        if not names:
            return []
        return [
            (
                "count",
                f"公布的计票与选票不符（{names}）",
                f"the count differs from the ballots ({names})",
            )
        ]

    def settled(self, ours: Count) -> list[Problem]:
        """Whether the last count is of everything that was decided, as `ours` is."""
        names = self.outdated(ours)
        if not names:
            return []
        return [
            (
                "count-outdated",
                f"最后一次计票之后又有裁定，却没有重新计票（{names}）",
                f"what was decided behind the last count was not counted ({names})",
            )
        ]

    def outdated(self, ours: Count) -> str:
        """In what the last count differs from what everything so far gives. A work that came or left
        since is in one of them only, and is no difference."""
        if self.latest is None:
            return ""
        both = ours["counted"].keys() & self.latest["counted"].keys()
        now, then = (
            {**each, "number": 0, "counted": {work: each["counted"][work] for work in both}}
            for each in (ours, self.latest)
        )
        return _differing(now, then)

    def votes(self, ours: Count) -> Votes | None:
        """What a result that is stated now is computed from; None: nothing was counted."""
        if self.latest is None:
            return None
        counted = {**ours["counted"], **self.latest["counted"]}
        return Votes(counted, frozenset(ours["counted"]))


def _differing(one: Count, other: Count) -> str:
    """The names of what differs, bit for bit: Python takes 1 and true for equal."""
    names = sorted(one.keys() | other.keys())
    return ", ".join(
        name for name in names if forms.canonical(one.get(name)) != forms.canonical(other.get(name))
    )
