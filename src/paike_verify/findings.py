"""What a check finds: a fault with its place, in both languages."""

from collections import Counter
from dataclasses import dataclass, field

MOST = 50  # faults of one kind that are told; all are counted
Problem = tuple[str, str, str]  # code, Chinese, English: halves of sentences about an entry


class Wrong(Exception):
    """A statement that does not fit the log before it."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code, self.zh, self.en = code, zh, en


@dataclass(frozen=True)
class Finding:
    """A fault. `index` is the entry it is about."""

    code: str
    zh: str
    en: str
    index: int | None = None
    path: str = ""

    def as_json(self) -> dict[str, object]:
        known: dict[str, object] = {
            "code": self.code,
            "index": self.index,
            "path": self.path or None,
        }
        return {k: v for k, v in known.items() if v is not None} | {"zh": self.zh, "en": self.en}


@dataclass
class Report:
    """All that is said about a log."""

    findings: list[Finding] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    numbers: Counter[str] = field(default_factory=Counter)
    lacking: tuple[str, str] | None = None  # what was not shown, though nothing is wrong

    def fault(
        self, code: str, zh: str, en: str, *, index: int | None = None, path: str = ""
    ) -> None:
        self.numbers[code] += 1
        if self.numbers[code] <= MOST:
            self.findings.append(Finding(code, zh, en, index, path))

    def note(self, zh: str, en: str) -> None:
        """Something to know that is no fault."""
        self.notes.append((zh, en))

    @property
    def clean(self) -> bool:
        return not self.numbers
