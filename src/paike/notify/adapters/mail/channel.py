"""Messages by mail, to whoever confirmed an address."""

from django.conf import settings

from paike.notify import ports
from paike.notify.models import Message
from paike.notify.rules import letters


class ByMail:
    key = "mail"
    at_once = False

    def takes(self, message: Message, recipient: ports.Recipient) -> bool:
        return bool(recipient.mail)

    def hand_over(self, message: Message, recipient: ports.Recipient) -> None:
        ports.mail().send(
            letters.compose(
                to=recipient.mail,
                subject=message.subject,
                body=message.body,
                url=settings.PUBLIC_URL + message.link if message.link else "",
                language=recipient.language,
            )
        )
