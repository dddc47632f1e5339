"""The twin of the mail server: keeps what it was given."""

from paike.notify.ports import Undelivered
from paike.notify.rules.letters import Letter


class MemoryMail:
    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.is_down = False

    def send(self, letter: Letter) -> None:
        if self.is_down:
            raise Undelivered("the mail server does not answer")
        self.letters.append(letter)
