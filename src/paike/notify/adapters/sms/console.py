"""Development: an SMS appears in the terminal and on the development page."""

import sys
from collections.abc import Callable
from datetime import datetime

from paike.notify.queries import outbox


class ConsoleSms:
    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self.clock = clock

    def send(self, *, number: str, text: str) -> None:
        sys.stdout.write(f"[sms] {number} | {text}\n")
        sys.stdout.flush()
        outbox.keep(
            outbox.Kept(
                at=self.clock().isoformat(timespec="seconds"),
                channel="sms",
                to=number,
                subject="",
                text=text,
            )
        )
