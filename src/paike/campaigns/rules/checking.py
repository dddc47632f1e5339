"""What `paike rulebook check`, `show` and `diff` say."""

import json
from dataclasses import dataclass

from paike.campaigns.rules import differences, reading, support
from paike.campaigns.rules.faults import Fault, Faulty
from paike.campaigns.rules.rulebook import Rulebook, digest, to_json


@dataclass(frozen=True)
class Check:
    """A rulebook's text, examined. `rulebook` is None where it has faults."""

    rulebook: Rulebook | None
    faults: tuple[Fault, ...] = ()
    unsupported: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()

    @property
    def may_open(self) -> bool:
        """Whether a call could be opened with it."""
        return not (self.faults or self.unsupported)

    def in_language(self, code: str) -> str:
        """The findings, a line each, and a last line that sums up."""
        english = code.startswith("en")
        heads = (
            ("错误", "Error", self.faults),
            ("暂不支持", "Not supported yet", self.unsupported),
            ("提醒", "Warning", self.warnings),
        )
        found = [
            f"{en if english else zh}{': ' if english else '：'}{fault.in_language(code)}"
            for zh, en, faults in heads
            for fault in faults
        ]
        return "\n".join([*found, self._summary(english)])

    def _summary(self, english: bool) -> str:
        if self.rulebook is None:
            count = len(self.faults)
            return f"{count} fault(s)." if english else f"共 {count} 处错误。"
        state = digest(self.rulebook)
        if self.unsupported:
            return (
                f"Valid, can't be opened yet · {state}"
                if english
                else f"有效，暂不能启动 · {state}"
            )
        return f"Valid · {state}" if english else f"有效 · {state}"


def check(source: str) -> Check:
    """Everything there is to say about a rulebook's TOML text."""
    try:
        rulebook = reading.read(source)
    except Faulty as refused:
        return Check(rulebook=None, faults=refused.faults)
    return Check(
        rulebook=rulebook,
        unsupported=tuple(reading.located(source, support.unsupported(rulebook))),
        warnings=tuple(reading.warnings(source, rulebook)),
    )


def show(source: str) -> str:
    """The canonical values, indented for people, and the hash in the last line. Raises Faulty."""
    rulebook = reading.read(source)
    text = json.dumps(to_json(rulebook), ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\nsha256 {digest(rulebook)}"


def diff(before: str, after: str) -> str:
    """What two rulebooks say differently, three lines per key; empty if nothing. Raises Faulty."""
    changes = differences.between(reading.read(before), reading.read(after))
    return "\n".join(
        f"{one['key']}\n  - {differences.shown(one['before'])}\n"
        f"  + {differences.shown(one['after'])}"
        for one in changes
    )
