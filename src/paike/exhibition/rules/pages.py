"""What a static exhibition is made of, and where each of its files lies. Pure: no store, no
database. Every link is relative, so that the folder works under any address."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from paike.exhibition.rules.look import Look
from paike.kernel.text import Text
from paike.media.rules import captions as written
from paike.media.rules import storyboards, word_search
from paike.media.rules.word_search import Line

BESIDE_THE_BEST = 6  # works on the home page, beside the best one with its large poster
PER_PAGE = 12  # works on a list page: with their small posters they stay within the page's weight
LANGUAGES = ("zh-hans", "en")
SEARCH_INDEX = "search.json"


@dataclass(frozen=True)
class Film:
    """A film's copy in the object store."""

    key: str
    size: int
    height: int


@dataclass(frozen=True)
class Board:
    """Small pictures of the whole film in one, and its length."""

    key: str
    width: int
    height: int
    ms: int

    def track(self, address: str) -> str:
        """Which part of the picture at `address` is which moment, as WebVTT."""
        return storyboards.track(address=address, width=self.width, height=self.height, ms=self.ms)


@dataclass(frozen=True)
class Work:
    """A published work. `id` is opaque and names its files."""

    id: str
    title: str
    synopsis: str
    credit: str
    theme: Text
    films: Sequence[Film] = ()  # best first
    poster_key: str = ""
    captions: str = ""  # WebVTT
    board: Board | None = None

    @property
    def transcript(self) -> str:
        """The words of the captions: to be read, and to be found by searches."""
        return written.plain(self.captions)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is said, and when."""
        return word_search.lines_of(written.read(self.captions.encode())) if self.captions else ()


@dataclass(frozen=True)
class Section:
    """A level of the ladder with its works, best first; or all works while there is no result."""

    key: str
    name: Text
    works: Sequence[Work]


@dataclass(frozen=True)
class Show:
    """The whole exhibition."""

    slug: str
    name: Text
    summary: Text
    organiser: Text
    undertaker: Text
    licence: Text
    look: Look
    starts: datetime
    expires: datetime
    sections: Sequence[Section]

    @property
    def works(self) -> list[Work]:
        return [work for section in self.sections for work in section.works]


@dataclass(frozen=True)
class ListPage:
    """One page of a section's list."""

    section: Section
    works: Sequence[Work]
    number: int  # from 1
    of: int


def list_pages(section: Section) -> list[ListPage]:
    """A section in pages of PER_PAGE works; an empty one has one page."""
    works = list(section.works)
    parts = [works[at : at + PER_PAGE] for at in range(0, len(works), PER_PAGE)] or [[]]
    return [ListPage(section, part, number, len(parts)) for number, part in enumerate(parts, 1)]


def home(language: str) -> str:
    return _in(language, "index.html")


def licence(language: str) -> str:
    return _in(language, "licence.html")


def search(language: str) -> str:
    return _in(language, "search.html")


def works_folder(language: str) -> str:
    return _in(language, "works")


def listing(section: Section, number: int, language: str) -> str:
    suffix = "" if number == 1 else f"-{number}"
    return _in(language, f"awards/{section.key}{suffix}.html")


def work(one: Work, language: str) -> str:
    return _in(language, f"works/{one.id}.html")


def film(one: Work, copy: Film) -> str:
    return f"films/{one.id}-{copy.height}.mp4"


def poster(one: Work) -> str:
    return f"posters/{one.id}.webp"


def thumbnail(one: Work) -> str:
    return f"posters/{one.id}-s.webp"


def card(one: Work) -> str:
    return f"cards/{one.id}.png"


def captions(one: Work) -> str:
    return f"captions/{one.id}.vtt"


def board(one: Work) -> str:
    return f"storyboards/{one.id}.jpg"


def track(one: Work) -> str:
    return f"storyboards/{one.id}.vtt"


def relative(path: str, *, seen_from: str) -> str:
    """The link from one page of the package to another of its files."""
    return posixpath.relpath(path, posixpath.dirname(seen_from) or ".")


def twin(path: str) -> str:
    """The same page in the other language."""
    return path.removeprefix("en/") if path.startswith("en/") else f"en/{path}"


def checksums(sums: dict[str, str]) -> str:
    """`checksums.txt`, as `sha256sum -c` reads it."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items()))


def _in(language: str, path: str) -> str:
    return f"en/{path}" if language == "en" else path
