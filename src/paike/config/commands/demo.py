"""`paike demo`: an installation with a movable clock, in which `paike.demo` plays a whole call."""

import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

from paike.config import processes
from paike.config.commands import up
from paike.config.supervisor import Supervisor


class Play:
    """The play as a guest of the installation: its own process, talking HTTP."""

    def __init__(self, arguments: Namespace) -> None:
        self.arguments = arguments
        self.process: subprocess.Popen[bytes] | None = None
        self.code: int | None = None

    def begin(self, supervisor: Supervisor, address: str) -> None:
        """Start playing against the address."""
        command = [sys.executable, "-m", "paike.demo", "--url", address]
        command += ["--films", str(self.arguments.films)]
        command += ["--json"] if self.arguments.json else []
        command += ["--exit"] if self.arguments.exit else []
        self.process = processes.start(command)
        supervisor.guests.append(self.process)

    def look(self, supervisor: Supervisor) -> None:
        """When it has played: stop if that was wanted, or if it failed."""
        if self.process is None or self.code is not None:
            return
        self.code = self.process.poll()
        if self.code is None:
            return
        if self.code or not self.arguments.exit:
            up.logs_are(supervisor)
        if self.code or self.arguments.exit:
            supervisor.stopping = True


def run(arguments: Namespace) -> int:
    """Play, then serve until stopped, or end at once with `--exit`. 1 when the play failed."""
    os.environ["PAIKE_DEVELOPMENT"] = "1"
    os.environ.setdefault("PAIKE_CLOCK_FILE", str(Path(os.environ["PAIKE_DATA"]) / "clock"))
    # Hundreds of small films in minutes: speed before size. A real installation keeps its default.
    os.environ.setdefault("PAIKE_RENDITION_PRESET", "ultrafast")
    play = Play(arguments)
    up.serve(arguments, play)
    return 1 if play.code else 0
