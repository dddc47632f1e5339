"""Development: mail appears in the terminal and on the development page. Elsewhere an installation
without a mail server sends none."""

import sys
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from paike.notify.ports import Undelivered
from paike.notify.queries import outbox
from paike.notify.rules.letters import Letter


class ConsoleMail:
    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self.clock = clock

    def send(self, letter: Letter) -> None:
        if not settings.DEVELOPMENT:  # a log is no place for codes and addresses
            raise Undelivered("PAIKE_MAIL_URL is not set")
        sys.stdout.write(f"[mail] {letter.to} | {letter.subject}\n{letter.text}\n")
        sys.stdout.flush()
        outbox.keep(
            outbox.Kept(
                at=self.clock().isoformat(timespec="seconds"),
                channel="mail",
                to=letter.to,
                subject=letter.subject,
                text=letter.text,
            )
        )
