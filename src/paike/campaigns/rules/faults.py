"""What is wrong with a rulebook: the key, the line, what is wrong, what is allowed."""

from collections.abc import Sequence
from dataclasses import dataclass

from paike.kernel.text import Text

Place = tuple[str | int, ...]
Complaint = tuple[Place, Text, Text]  # where, what is wrong, what is allowed


def dotted(place: Place) -> str:
    """A place as people write it: `stages[1].end`."""
    text = ""
    for step in place:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        else:
            text += f".{step}" if text else step
    return text


@dataclass(frozen=True)
class Fault:
    """One thing wrong at one key. `line` counts from 1; None where the text has no such line."""

    key: str
    line: int | None
    wrong: Text
    allowed: Text

    def in_language(self, code: str) -> str:
        """The fault as one line: `第 12 行 · blend.votes：…。…`."""
        wrong, allowed = self.wrong.in_language(code), self.allowed.in_language(code)
        if code.startswith("en"):
            head = f"line {self.line} · {self.key}" if self.line else self.key
            return f"{head}: {wrong} {allowed}".rstrip()
        head = f"第 {self.line} 行 · {self.key}" if self.line else self.key
        return f"{head}：{wrong}{allowed}"


class Faulty(Exception):
    """The rulebook has faults; every one is in `faults`, and together in `text`."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        self.text = Text(
            zh="\n".join(fault.in_language("zh") for fault in self.faults),
            en="\n".join(fault.in_language("en") for fault in self.faults),
        )
        super().__init__(self.text.en)
