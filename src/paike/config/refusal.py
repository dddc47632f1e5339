"""What a command says when it can't go on."""

from paike.kernel.text import Text


class Refusal(Exception):
    """Something the person at the terminal has to change; shown in both languages, exit code 1."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.zh}\n{text.en}")
        self.text = text


def refuse(zh: str, en: str) -> Refusal:
    """A refusal to be raised: `raise refuse("…", "…")`."""
    return Refusal(Text(zh=zh, en=en))
