"""The jobs of this room: letters with codes, and what has to be forgotten in time."""

from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from paike.accounts.actions import attempts, code_letters, one_time_codes
from paike.kernel import clock
from paike.notify import ports

RETRY = RetryStrategy(max_attempts=4, exponential_wait=3, retry_exceptions=[ports.Undelivered])


@app.task(name="accounts.deliver_code", queue=one_time_codes.QUEUE, retry=RETRY)
def deliver_code(*, code_id: str) -> None:
    """Hand a one-time code to its channel."""
    code_letters.deliver(code_id=UUID(code_id), now=clock.now())


@app.periodic(cron="*/2 * * * *")
@app.task(name="accounts.forget", queue="care", queueing_lock="accounts.forget")
def forget(timestamp: int) -> None:
    """Delete codes after ten minutes, network records after 180 days, and sessions that ended."""
    one_time_codes.delete_old(now=clock.now())
    attempts.delete_old(now=clock.now())
    SessionStore.clear_expired()
