"""Progress bars with time left for the acts of the demo, and how long each took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


class Programme:
    """Shows the acts on standard error; `seconds` keeps how long each took. Acts may overlap. Where
    nobody watches a terminal, every act is one line when it is over."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.console = Console(file=sys.stderr)
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("剩余"),
            TimeRemainingColumn(),
            console=self.console,
            refresh_per_second=4,
            disable=not self.console.is_terminal,
        )

    @contextmanager
    def running(self) -> Iterator[None]:
        """The bars are on the screen for the length of the block."""
        with self._bars:
            yield

    @contextmanager
    def act(self, key: str, words: str, total: int) -> "Iterator[Act]":
        """One act with `total` steps."""
        act = self.begin(key, words, total)
        yield act
        act.end()

    def begin(self, key: str, words: str, total: int) -> "Act":
        """An act that somebody else ends."""
        return Act(self, key, words, total, self._bars.add_task(words, total=total))

    def advance(self, task: TaskID, count: int) -> None:
        """Move the bar of an act."""
        self._bars.advance(task, count)

    def ended(self, act: "Act") -> None:
        """Keep how long an act took, and say so."""
        took = time.monotonic() - act.begun
        self.seconds[act.key] = round(took, 1)
        if not self.console.is_terminal:
            self.console.print(f"{act.words} {act.total} ({took:.0f} s)", highlight=False)


@dataclass
class Act:
    """A running act; `step` moves its bar."""

    programme: Programme
    key: str
    words: str
    total: int
    task: TaskID
    begun: float = field(default_factory=time.monotonic)

    def step(self, count: int = 1) -> None:
        self.programme.advance(self.task, count)

    def end(self) -> None:
        self.programme.ended(self)
