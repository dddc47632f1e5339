"""What a choice of works covers: how many of each theme and body, and who has none."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One line of a coverage chart: `chosen` of `available` works."""

    key: str
    chosen: int
    available: int

    @property
    def is_bare(self) -> bool:
        """Nothing chosen: shown so that it is a decision and not an oversight."""
        return self.chosen == 0


def bars(
    keys: Sequence[str], *, chosen: Iterable[str], available: Iterable[str]
) -> tuple[Bar, ...]:
    """A bar for each of `keys`, in their order, then for keys met that are not among them."""
    taken, offered = Counter(chosen), Counter(available)
    others = sorted((set(taken) | set(offered)) - set(keys))
    return tuple(
        Bar(key=key, chosen=taken[key], available=offered[key]) for key in [*keys, *others]
    )
