"""On which line of a TOML text a key stands. Only for texts that `tomllib` has read: what is
valid is not checked again, only walked over."""

import tomllib
from bisect import bisect_right

from paike.campaigns.rules.faults import Place

_SPACE = " \t\r\n"
_BARE_END = " \t\r\n.=]"


def lines(source: str) -> dict[Place, int]:
    """The line (from 1) of every key and every item of an array."""
    return _Walk(source).document()


def line_of(places: dict[Place, int], place: Place) -> int | None:
    """The line of `place`, or of the nearest thing around it."""
    for length in range(len(place), 0, -1):
        if place[:length] in places:
            return places[place[:length]]
    return None


class _Walk:
    """A cursor over the text."""

    def __init__(self, source: str) -> None:
        self.text = source
        self.here = 0
        self.breaks = [at for at, sign in enumerate(source) if sign == "\n"]
        self.found: dict[Place, int] = {}
        self.counts: dict[Place, int] = {}  # arrays of tables: how many so far

    def document(self) -> dict[Place, int]:
        table: Place = ()
        self.skip()
        while self.here < len(self.text):
            if self.text[self.here] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip()
        return self.found

    def line(self) -> int:
        return bisect_right(self.breaks, self.here - 1) + 1

    def mark(self, place: Place, line: int) -> None:
        for length in range(1, len(place) + 1):
            self.found.setdefault(place[:length], line)

    def skip(self) -> None:
        """Over white space and comments."""
        while self.here < len(self.text):
            if self.text[self.here] == "#":
                end = self.text.find("\n", self.here)
                self.here = len(self.text) if end < 0 else end
            elif self.text[self.here] in _SPACE:
                self.here += 1
            else:
                return

    def header(self) -> Place:
        line = self.line()
        many = self.text.startswith("[[", self.here)
        self.here += 2 if many else 1
        names = self.names("]")
        self.here += 2 if many else 1
        place: Place = ()
        for name in names[:-1]:
            place = self.latest((*place, name))
        place = (*place, names[-1])
        if many:
            self.counts[place] = self.counts.get(place, -1) + 1
        place = self.latest(place)
        self.mark(place, line)
        return place

    def latest(self, place: Place) -> Place:
        """In an array of tables, its newest table."""
        return (*place, self.counts[place]) if place in self.counts else place

    def pair(self, table: Place) -> None:
        line = self.line()
        place = (*table, *self.names("="))
        self.here += 1
        self.mark(place, line)
        self.value(place)

    def names(self, end: str) -> list[str]:
        """A dotted key, up to but without `end`."""
        names = []
        while True:
            self.skip()
            names.append(self.name())
            self.skip()
            if self.text[self.here] == end:
                return names
            self.here += 1  # the dot

    def name(self) -> str:
        if self.text[self.here] in "\"'":
            return self.string()
        start = self.here
        while self.text[self.here] not in _BARE_END:
            self.here += 1
        return self.text[start : self.here]

    def value(self, place: Place) -> None:
        self.skip()
        sign = self.text[self.here]
        if sign in "\"'":
            self.string()
        elif sign == "[":
            self.array(place)
        elif sign == "{":
            self.inline_table(place)
        else:
            while self.here < len(self.text) and self.text[self.here] not in ",]}#\n":
                self.here += 1

    def array(self, place: Place) -> None:
        self.here += 1
        index = 0
        while True:
            self.skip()
            if self.text[self.here] == "]":
                self.here += 1
                return
            if self.text[self.here] == ",":
                self.here += 1
                continue
            self.mark((*place, index), self.line())
            self.value((*place, index))
            index += 1

    def inline_table(self, place: Place) -> None:
        self.here += 1
        while True:
            self.skip()
            if self.text[self.here] == "}":
                self.here += 1
                return
            if self.text[self.here] == ",":
                self.here += 1
                continue
            self.pair(place)

    def string(self) -> str:
        quote = self.text[self.here]
        if self.text.startswith(quote * 3, self.here):
            return self.long_string(quote)
        start = self.here = self.here + 1
        while self.text[self.here] != quote:
            self.here += 2 if quote == '"' and self.text[self.here] == "\\" else 1
        self.here += 1
        raw = self.text[start : self.here - 1]
        return _unescape(raw) if quote == '"' else raw

    def long_string(self, quote: str) -> str:
        self.here += 3
        while not self.text.startswith(quote * 3, self.here):
            self.here += 2 if quote == '"' and self.text[self.here] == "\\" else 1
        self.here += 3
        while self.text.startswith(quote, self.here):  # up to two quotes may precede the end
            self.here += 1
        return ""  # never a key


def _unescape(raw: str) -> str:
    """A basic string's value, read by the TOML reader itself."""
    return str(tomllib.loads(f'k = "{raw}"')["k"]) if "\\" in raw else raw
