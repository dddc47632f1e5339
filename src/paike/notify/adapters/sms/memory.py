"""The twin of the SMS gateway: keeps what it was given."""

from paike.notify.ports import Undelivered


class MemorySms:
    def __init__(self) -> None:
        self.texts: list[tuple[str, str]] = []
        self.is_down = False

    def send(self, *, number: str, text: str) -> None:
        if self.is_down:
            raise Undelivered("the SMS gateway does not answer")
        self.texts.append((number, text))
