"""`paike up`: database, web server and worker on one machine, kept alive and stopped together."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from paike.config import processes
from paike.config.logs import Log
from paike.config.postgres import cluster

GRACE = 20.0
LONGEST_WAIT = 30.0
STEADY = 60.0


@dataclass
class Child:
    """One supervised process. `again_at` is when it may be started next (monotonic seconds).

    Without a `log` it prints to our terminal."""

    name: str
    command: Sequence[str]
    log: Log | None = None
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    again_at: float = 0.0
    wait: float = 0.5

    def care(self, *, now: float) -> str | None:
        """Start it when it is due; returns what happened, if anything did."""
        if self.process is None:
            if now >= self.again_at:
                self._start(now)
            return None
        code = self.process.poll()
        if code is None:
            return None
        processes.end_group(self.process)
        # A child that ran for a while starts again at once; one that dies at its start waits longer
        # each time, so that a broken installation does not burn the machine.
        self.wait = 0.5 if now - self.started_at > STEADY else min(self.wait * 2, LONGEST_WAIT)
        self.process, self.again_at = None, now + self.wait
        place = f" ({self.log.path})" if self.log else ""
        return f"{self.name}: exit {code}; 重新启动 / starting again in {self.wait:.0f} s{place}"

    def _start(self, now: float) -> None:
        self.process = processes.start(self.command, listen=self.log is not None)
        self.started_at = now
        if self.log and self.process.stdout:
            self.log.follow(self.process.stdout)


@dataclass
class Supervisor:
    """`data` is the data folder whose embedded database is kept alive; None: a server elsewhere."""

    children: list[Child]
    data: Path | None
    say: Callable[[str], None]
    stopping: bool = field(default=False, init=False)
    guests: "list[subprocess.Popen[bytes]]" = field(default_factory=list, init=False)

    def run(
        self,
        *,
        ready: Callable[[], bool],
        once_ready: Callable[[], None],
        every_turn: Callable[[], None] = lambda: None,
    ) -> None:
        """Care for everything until SIGTERM, SIGINT or `stopping`, then stop it all."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        told = False
        try:
            while not self.stopping:
                self._care_for_database()
                for child in self.children:
                    happened = child.care(now=time.monotonic())
                    if happened:
                        self.say(happened)
                if not told and ready():
                    told = True
                    once_ready()
                every_turn()
                time.sleep(0.2)
        finally:
            self.stop()

    def stop(self) -> None:
        """Web and worker first, the database last."""
        living = [*self.guests, *(child.process for child in self.children if child.process)]
        processes.stop(living, seconds=GRACE)
        for child in self.children:
            if child.log:
                child.log.close()
        if self.data:
            cluster.stop(self.data)

    def _care_for_database(self) -> None:
        if self.data and not cluster.running(self.data):
            self.say("数据库已停止，正在恢复 / the database has stopped; starting it again")
            cluster.start(self.data)

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True


def command(name: str, *arguments: str) -> list[str]:
    """The command line of another `paike` process with the same Python."""
    return [sys.executable, "-m", "paike.config.cli", name, *arguments]
