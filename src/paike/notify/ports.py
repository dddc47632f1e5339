"""Where Paike hands a message to the world: mail, SMS, and the channels made of them.

`config/wiring.py` chooses the adapters once at start-up; each port ships an in-memory twin.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from paike.notify.models import Message
from paike.notify.rules.letters import Letter


class Undelivered(Exception):
    """The gateway or server did not take the message; trying again later may help."""


class Mail(Protocol):
    """Takes a letter, or raises Undelivered."""

    def send(self, letter: Letter) -> None: ...


class Sms(Protocol):
    """Takes a short text for a phone number in international form, or raises Undelivered."""

    def send(self, *, number: str, text: str) -> None: ...


@dataclass(frozen=True)
class Recipient:
    """Where a person can be reached; empty where they gave nothing."""

    language: str
    mail: str = ""
    phone: str = ""


class AddressBook(Protocol):
    """Knows where accounts can be reached. The accounts room implements it."""

    def find(self, account_id: UUID) -> Recipient: ...


class Channel(Protocol):
    """One way to a person. A channel is a folder in `adapters/` and one line in the wiring."""

    key: str
    at_once: bool  # part of the sender's transaction, or a job of its own

    def takes(self, message: Message, recipient: Recipient) -> bool:
        """Whether this message goes to this recipient through this channel."""
        ...

    def hand_over(self, message: Message, recipient: Recipient) -> None:
        """Deliver. Raises Undelivered."""
        ...


_channels: dict[str, Channel] = {}
_chosen: dict[str, object] = {}


def register(channel: Channel) -> None:
    """Add a channel, or replace the one with the same key."""
    _channels[channel.key] = channel


def channels() -> list[Channel]:
    """Every registered channel."""
    return list(_channels.values())


def channel(key: str) -> Channel:
    """The channel with this key. Raises KeyError."""
    return _channels[key]


def install(*, mail: Mail, sms: Sms, addresses: AddressBook) -> None:
    """Choose the adapters."""
    _chosen.update(mail=mail, sms=sms, addresses=addresses)


def mail() -> Mail:
    return _chosen["mail"]  # type: ignore[return-value]  # put there by install


def sms() -> Sms:
    return _chosen["sms"]  # type: ignore[return-value]  # put there by install


def addresses() -> AddressBook:
    return _chosen["addresses"]  # type: ignore[return-value]  # put there by install
