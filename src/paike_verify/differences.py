"""Where two values of JSON differ, down to the figure."""

from collections.abc import Iterator
from dataclasses import dataclass

from paike_verify import forms

SHOWN = 200  # characters of a value


@dataclass(frozen=True)
class Difference:
    """Where something else is published than it should be."""

    where: str
    published: object
    wanted: object

    @property
    def zh(self) -> str:
        return f"{self.where}：公布的是 {_short(self.published)}，应为 {_short(self.wanted)}"

    @property
    def en(self) -> str:
        return f"{self.where} is published as {_short(self.published)}, not {_short(self.wanted)}"


def compare(where: str, published: object, again: object) -> Iterator[Difference]:
    """Down to the figures that differ."""
    if isinstance(published, list) and isinstance(again, list) and len(published) == len(again):
        for place, (one, other) in enumerate(zip(published, again, strict=True)):
            yield from compare(f"{where}[{place}]", one, other)
    elif isinstance(published, dict) and isinstance(again, dict):
        for name in sorted(published.keys() | again.keys()):
            yield from compare(f"{where}.{name}", published.get(name), again.get(name))
    elif forms.canonical(published) != forms.canonical(again):  # Python takes 1 and true for equal
        yield Difference(where, published, again)


def _short(value: object) -> str:
    text = forms.canonical(value).decode()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
