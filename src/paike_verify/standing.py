"""What became of ballots: set aside, released, void; by quarantine, never ballot by ballot."""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from paike_verify.findings import Wrong

STATES = ("quarantined", "released", "void")
AFTER = {"release": "released", "void": "void"}

# Hands out the works of ballot `index`; None: no ballot stands there.
WorksAt = Callable[[int], Sequence[int] | None]


@dataclass
class _Quarantine:
    rules: list[str]
    parts: int
    seen: set[int] = field(default_factory=set)
    ballots: int = 0
    votes: Counter[int] = field(default_factory=Counter)
    state: str = "quarantined"


class Standing:
    """All quarantines of a log so far."""

    def __init__(self) -> None:
        self._by_name: dict[str, _Quarantine] = {}
        self._ranges: list[tuple[int, int, str]] = []

    def set_aside(self, value: Mapping[str, Any], index: int, works_at: WorksAt) -> None:
        """A `quarantine`, or a part of one. Raises Wrong."""
        name, part, parts = value["id"], value.get("part", 1), value.get("parts", 1)
        known = self._by_name.setdefault(name, _Quarantine(value["rules"], parts))
        same = known.parts == parts and known.rules == value["rules"]
        if not same or part in known.seen or not 1 <= part <= parts or known.state != STATES[0]:
            raise Wrong(
                "quarantine-part",
                f"隔离 {name} 的第 {part} 部分重复或前后不一致。",
                f"Part {part} of quarantine {name} comes twice or does not fit the others.",
            )
        known.seen.add(part)
        for first, last in value["ballots"]:
            self._check_range(first, last, index)
            for ballot in range(first, last + 1):
                works = works_at(ballot)
                if works is None:
                    raise Wrong(
                        "quarantine-range",
                        f"隔离 {name} 指向的条目 {ballot} 不是选票。",
                        f"Quarantine {name} names entry {ballot}, which is no ballot.",
                    )
                known.votes.update(works)
                known.ballots += 1
            insort(self._ranges, (first, last, name))

    def _check_range(self, first: int, last: int, index: int) -> None:
        if last >= index:
            raise Wrong(
                "quarantine-range",
                f"隔离所指的条目 {last} 在它之后。",
                f"The quarantine names entry {last}, which comes after it.",
            )
        at = bisect_right(self._ranges, (last, last, "\U0010ffff"))
        before = self._ranges[at - 1] if at else None
        if before is not None and before[1] >= first:
            raise Wrong(
                "quarantined-twice",
                f"条目 {max(first, before[0])} 已被隔离过（{before[2]}）。",
                f"Entry {max(first, before[0])} was quarantined before ({before[2]}).",
            )

    def rule(self, value: Mapping[str, Any]) -> None:
        """A `release` or a `void`. Raises Wrong."""
        name = value["quarantine"]
        known = self._by_name.get(name)
        if known is None or len(known.seen) < known.parts:
            raise Wrong(
                "ruling", f"裁定所指的隔离 {name} 不存在或不完整。",
                f"The ruling names quarantine {name}, which is not there or not complete.",
            )  # fmt: skip
        if known.state != STATES[0]:
            raise Wrong(
                "ruled-twice",
                f"隔离 {name} 已经裁定过。",
                f"Quarantine {name} was ruled on before.",
            )
        known.state = AFTER[value["k"]]

    def ballots(self, state: str) -> int:
        return sum(one.ballots for one in self._of(state))

    def votes(self, state: str) -> Counter[int]:
        found: Counter[int] = Counter()
        for one in self._of(state):
            found.update(one.votes)
        return found

    def per_rule(self) -> dict[str, dict[str, int]]:
        found: dict[str, Counter[str]] = {}
        for one in self._by_name.values():
            for rule in set(one.rules):
                found.setdefault(rule, Counter())[one.state] += one.ballots
        return {rule: dict(states) for rule, states in found.items()}

    def _of(self, state: str) -> Iterable[_Quarantine]:
        return [one for one in self._by_name.values() if one.state == state]
