"""What every refusal of this room has in common: a text for the person who is refused."""

from paike.kernel.text import Text


class Refusal(Exception):
    """Base of all refusals: `text` says what is wrong, where, and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
