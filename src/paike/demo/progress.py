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
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


@dataclass
class Programme:
    """Shows the acts on standard error; `seconds` keeps how long each took."""

    seconds: dict[str, float] = field(default_factory=dict)
    console: Console = field(default_factory=lambda: Console(file=sys.stderr))

    @contextmanager
    def act(self, key: str, words: str, total: int) -> "Iterator[Act]":
        """One act with `total` steps."""
        bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("剩余"),
            TimeRemainingColumn(),
            console=self.console,
        )
        begun = time.monotonic()
        with bars:
            task = bars.add_task(words, total=total)
            yield Act(bars=bars, task=task)
        self.seconds[key] = round(time.monotonic() - begun, 1)


@dataclass
class Act:
    """A running act; `step` moves its bar."""

    bars: Progress
    task: object

    def step(self, count: int = 1) -> None:
        self.bars.advance(self.task, count)  # type: ignore[arg-type]  # rich's own TaskID
