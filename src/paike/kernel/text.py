"""A text that exists in Chinese and English, chosen when it is shown, not when it is written."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Text:
    """Chinese first. `{name}` places are filled by `fill`."""

    zh: str
    en: str

    def fill(self, **values: Any) -> "Text":
        return Text(zh=self.zh.format(**values), en=self.en.format(**values))

    def in_language(self, code: str) -> str:
        """The text for a language code such as `zh-hans` or `en`; Chinese unless it is English."""
        return self.en if code.startswith("en") else self.zh
