"""The sequencer as a process: what waits gets its place, and what is due at its hour is done.

It lives by one database connection, which holds the advisory lock. When that breaks it ends; the
supervisor starts it again, and another one that waits may be quicker.
"""

import logging
import signal
import time
from collections.abc import Callable
from datetime import datetime
from types import FrameType

from django.conf import settings

from paike.kernel import clock
from paike.voting.actions import ballot_logs, challenges, counting, sequencing
from paike.voting.adapters import publishing

log = logging.getLogger("paike.sequencer")

WAIT_FOR_LOCK = 1.0
# A turn costs the same for one ballot as for a hundred: gathering keeps the cost per ballot small,
# and a receipt has its proof well within a second.
TURN = 0.2
HEART = 1.0  # how often hours are looked at


class Stop:
    """Set by SIGTERM and SIGINT."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def run() -> None:
    """Work until asked to stop. Ends with an exception where the database or the files fail, or where
    a log may not go on: then its ballots are refused from that moment on, on every host."""
    try:
        _work(Stop())
    except publishing.Refused as refused:
        ballot_logs.halt(refused.log.pk, now=clock.now())
        raise


def _work(stop: Stop) -> None:
    while not sequencing.claim():
        if stop.asked:
            return
        time.sleep(WAIT_FOR_LOCK)
    published = publishing.Publisher(settings.BALLOT_LOGS, now=clock.now)
    published.check()
    looked_at = 0.0
    while not stop.asked:
        begun = time.monotonic()
        if begun - looked_at >= HEART:
            keep_hours(clock.now())
            published.reveal()
            looked_at = begun
        turn(published.add)
        time.sleep(max(0.0, TURN - (time.monotonic() - begun)))


def turn(publish: Callable[[sequencing.Sequenced], None]) -> int:
    """Give everything that waits its place and publish it; returns how many entries."""
    number = 0
    for campaign_id in sequencing.waiting():
        while added := sequencing.sequence(campaign_id=campaign_id):
            publish(added)
            number += len(added.entries)
            if len(added.entries) < sequencing.LARGEST:
                break
    return number


def keep_hours(now: datetime) -> None:
    """What the rulebooks' clocks ask for: logs, openings, closes, counts, snapshots."""
    ballot_logs.prepare_missing(now=now)
    for opened in ballot_logs.open_due(now=now):
        log.warning("%s: the vote is open", opened.campaign.slug)
    for closed in ballot_logs.close_due(now=now):
        log.warning("%s: the vote is closed", closed.campaign.slug)
    ballot_logs.mark_due(now=now)
    counting.count_due(now=now)
    sequencing.keep_snapshots(now=now)
    challenges.forget(now=now)
