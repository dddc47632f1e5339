"""The states of a ballot in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from paike.kernel.text import Text
from paike.voting.models import Ballot
from paike.voting.queries import standings


@dataclass(frozen=True)
class Fate:
    """What became of a ballot. `key` is the intake's word for it."""

    key: str
    tone: str
    icon: str
    name: Text
    words: Text


ACCEPTED = Fate(
    "accepted",
    "progress",
    "hourglass",
    Text("已收下", "Taken"),
    Text(
        "选票已存盘，一两秒后写入公开的选票日志。",
        "The ballot is stored. It gets its place in the public ballot log in a second or two.",
    ),
)
LOGGED = Fate(
    "logged",
    "good",
    "circle-check-big",
    Text("已计入", "Counted"),
    Text(
        "选票在公开的选票日志里，任何人都能核对，没有人能改动或删去。",
        "The ballot stands in the public ballot log: anybody can check it, nobody can change or "
        "remove it.",
    ),
)
QUARANTINED = Fate(
    "quarantined",
    "hint",
    "shield-question-mark",
    Text("暂缓计入", "Held back"),
    Text(
        "这张选票与一批异常选票相似，暂不计入，等两位工作人员复核。您不用做什么，结果会写入选票日志。",
        "This ballot resembles a batch of unusual ones and is held back until two people have looked "
        "at it. You need not do anything; the outcome will stand in the ballot log.",
    ),
)
RELEASED = Fate(
    "released",
    "good",
    "circle-check-big",
    Text("复核后计入", "Counted after review"),
    Text(
        "这张选票曾暂缓计入，两位工作人员复核后恢复。",
        "This ballot was held back for a while; two people looked at it and it counts.",
    ),
)
VOID = Fate(
    "void",
    "bad",
    "circle-x",
    Text("已作废", "Void"),
    Text(
        "两位工作人员复核后判定这张选票作废，理由写在选票日志里。",
        "Two people looked at this ballot and declared it void. Their reason stands in the ballot log.",
    ),
)
NOT_COUNTED = Fate(
    "not-counted",
    "bad",
    "circle-x",
    Text("没有计入", "Not counted"),
    Text("这张选票没有计入。", "This ballot was not counted."),
)
FATES = {fate.key: fate for fate in (ACCEPTED, LOGGED, QUARANTINED, RELEASED, VOID, NOT_COUNTED)}


def of_all(found: Sequence[Ballot]) -> dict[int, Fate]:
    """What became of ballots so far, by their ids."""
    states = standings.states_of([ballot.pk for ballot in found])
    return {
        ballot.pk: FATES[states.get(ballot.pk, "logged")]
        if getattr(ballot, "log_entry", None)
        else ACCEPTED
        for ballot in found
    }
