"""Development: an SMS appears in the terminal and on the development page. Elsewhere an installation
without a gateway sends none."""

import sys
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from paike.notify.ports import Undelivered
from paike.notify.queries import outbox


class ConsoleSms:
    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self.clock = clock

    def send(self, *, number: str, text: str) -> None:
        if not settings.DEVELOPMENT:  # a log is no place for codes and addresses
            raise Undelivered("PAIKE_SMS_URL is not set")
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
