"""The inbox: the message is there as soon as its row is."""

from paike.notify.models import Message
from paike.notify.ports import Recipient


class InApp:
    key = "in_app"
    at_once = True

    def takes(self, message: Message, recipient: Recipient) -> bool:
        return True

    def hand_over(self, message: Message, recipient: Recipient) -> None:
        """Nothing to do: the inbox shows the row."""
