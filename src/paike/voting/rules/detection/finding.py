"""What a detector says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from paike.kernel.text import Text
from paike.voting.rules.detection.contest import Ints


class Family(StrEnum):
    """Signals of one family have one honest explanation in common, so they count as one."""

    GATHERING = (
        "gathering"  # many at one time, from one place, by one link: a mobilised unit does too
    )
    ACCOUNTS = "accounts"  # the same accounts together, day after day
    CHOICE = "choice"  # what else the ballots name
    CONDUCT = "conduct"  # how they were cast
    LOOK = "look"  # for human eyes only: never quarantines


FAMILIES = {
    Family.GATHERING: Text("聚集", "Gathering"),
    Family.ACCOUNTS: Text("账号步调", "Accounts"),
    Family.CHOICE: Text("选票搭配", "Choice"),
    Family.CONDUCT: Text("投票行为", "Conduct"),
    Family.LOOK: Text("仅供人工查看", "A look only"),
}


@dataclass(frozen=True)
class Finding:
    """One detector on one work (None: the whole call). `rows` are the ballots it tags, ascending;
    `expected` is how many of its kind there would be without anything odd. `explained`: how many
    ballots it leaves alone because they lie in a declared window. `figures` are numbers and short
    texts, nothing personal."""

    detector: str
    family: Family
    work: int | None
    rows: Ints
    expected: float = 0.0
    explained: int = 0
    figures: Mapping[str, float | int | str] = field(default_factory=dict)
