"""A message's way through one channel: begun with the message, handed over by a job."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from paike.kernel.text import Text
from paike.notify import ports
from paike.notify.models import Delivery, Message

MOST_TRIES = 6
QUEUE = "messages"
TASK = "notify.deliver"


class NothingToRepeat(Exception):
    """The delivery was made, or its job is still under way."""

    text = Text(
        zh="这条消息已送出或正在发送，不需要重发。",
        en="The message was handed over or is on its way; there is nothing to repeat.",
    )


@transaction.atomic
def begin(
    *, message: Message, channel: ports.Channel, recipient: ports.Recipient, now: datetime
) -> Delivery:
    """Hand over at once where the channel is part of the transaction, else by a job."""
    if channel.at_once:
        channel.hand_over(message, recipient)
        return Delivery.objects.create(
            message=message, channel=channel.key, created_at=now, sent_at=now
        )
    delivery = Delivery.objects.create(message=message, channel=channel.key, created_at=now)
    app.configure_task(TASK, queue=QUEUE).defer(delivery_id=str(delivery.id))
    return delivery


def deliver(*, delivery_id: UUID, now: datetime) -> Delivery | None:
    """Hand a delivery over. A failure is written down, then raised as ports.Undelivered, so that
    the job is tried again; after the sixth it is given up and stays visible.

    None when the message is gone (its account was closed). A crash between the server's yes and
    our commit sends it a second time: at least once is the promise.
    """
    delivery = Delivery.objects.select_related("message").filter(id=delivery_id).first()
    if delivery is None or delivery.sent_at or delivery.given_up_at:
        return delivery
    delivery.tries += 1
    try:
        recipient = ports.addresses().find(delivery.message.recipient_id)
        ports.channel(delivery.channel).hand_over(delivery.message, recipient)
    except ports.Undelivered as fault:
        delivery.fault = str(fault)[:500]
        if delivery.tries >= MOST_TRIES:
            delivery.given_up_at = now
        delivery.save(update_fields=["tries", "fault", "given_up_at"])
        raise
    delivery.sent_at, delivery.fault = now, ""
    delivery.save(update_fields=["tries", "fault", "sent_at"])
    return delivery


@transaction.atomic
def run_again(*, delivery_id: UUID) -> Delivery:
    """Try a delivery that was given up, or whose job is lost, anew. Raises NothingToRepeat."""
    delivery = Delivery.objects.select_for_update(no_key=True).get(id=delivery_id)
    if delivery.sent_at or (delivery.given_up_at is None and _is_queued(delivery.id)):
        raise NothingToRepeat
    delivery.tries, delivery.given_up_at = 0, None
    delivery.save(update_fields=["tries", "given_up_at"])
    app.configure_task(TASK, queue=QUEUE).defer(delivery_id=str(delivery.id))
    return delivery


def _is_queued(delivery_id: UUID) -> bool:
    jobs = ProcrastinateJob.objects.filter(task_name=TASK, status__in=("todo", "doing"))
    return jobs.filter(args={"delivery_id": str(delivery_id)}).exists()
