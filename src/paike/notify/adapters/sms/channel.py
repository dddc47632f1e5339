"""Messages by SMS: only kinds that can't wait, and only to people without a mail address, since
every SMS costs money and interrupts."""

from django.conf import settings

from paike.notify import ports
from paike.notify.models import Message
from paike.notify.rules import kinds


class BySms:
    key = "sms"
    at_once = False

    def takes(self, message: Message, recipient: ports.Recipient) -> bool:
        return message.kind in kinds.URGENT and bool(recipient.phone) and not recipient.mail

    def hand_over(self, message: Message, recipient: ports.Recipient) -> None:
        link = f" {settings.PUBLIC_URL}{message.link}" if message.link else ""
        ports.sms().send(number=recipient.phone, text=f"{message.subject}{link}")
