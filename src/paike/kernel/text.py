"""A text that exists in Chinese and English, chosen when it is shown, not when it is written."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Text:
    """Chinese first. `{name}` places are filled by `fill`; a Text in one speaks the language of
    the sentence around it."""

    zh: str
    en: str

    def fill(self, **values: Any) -> "Text":
        zh = {key: _in(value, "zh") for key, value in values.items()}
        en = {key: _in(value, "en") for key, value in values.items()}
        return Text(zh=self.zh.format(**zh), en=self.en.format(**en))

    def in_language(self, code: str) -> str:
        """The text for a language code such as `zh-hans` or `en`; Chinese unless it is English."""
        return self.en if code.startswith("en") else self.zh


def _in(value: object, code: str) -> object:
    return value.in_language(code) if isinstance(value, Text) else value
