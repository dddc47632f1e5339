"""The jobs of this room."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from paike.kernel import clock
from paike.notify import ports
from paike.notify.actions import deliveries

RETRY = RetryStrategy(
    max_attempts=deliveries.MOST_TRIES - 1,
    exponential_wait=4,
    retry_exceptions=[ports.Undelivered],
)


@app.task(name="notify.deliver", queue=deliveries.QUEUE, retry=RETRY)
def deliver(*, delivery_id: str) -> None:
    """Hand one message to one channel."""
    deliveries.deliver(delivery_id=UUID(delivery_id), now=clock.now())
