"""What the shared components show. Views build these from rows; templates only lay them out.

Texts may be plain strings (already in the reader's language, or a person's own words) or anything
with `zh` and `en` (kernel `Text`, rulebook `Words`): the components pass them through
`in_language`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from paike.kernel.text import Text


class Bilingual(Protocol):
    """A text in both languages."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


Words = str | Bilingual

Tone = Literal["neutral", "progress", "good", "hint", "bad", "award"]


@dataclass(frozen=True)
class Chip:
    """One state in one word. The icon and the word carry the meaning, the colour helps."""

    label: Words
    tone: Tone = "neutral"
    icon: str = ""


@dataclass(frozen=True)
class Moment:
    """What is said in a film, and the address of its page from then on."""

    second: float
    words: str
    url: str


@dataclass(frozen=True)
class WorkCard:
    """A work as it looks everywhere: its poster, composed title, theme, one chip."""

    title: str
    url: str = ""
    poster: str = ""  # address of the picture; empty shows a quiet placeholder
    theme: Words = ""
    credit: str = ""
    chip: Chip | None = None
    number: str = ""  # the work's number in the call, as shown: "№ 042"
    seconds: float | None = None  # length of the film
    moments: Sequence[Moment] = ()  # where what was searched for is said


StationState = Literal["done", "now", "ahead", "stopped"]


@dataclass(frozen=True)
class Station:
    """A station on the road of an entry. `by` names the role or unit that decided, never a person
    to people who may not know."""

    key: str
    name: Words
    state: StationState = "ahead"
    at: datetime | None = None
    by: Words = ""
    note: Words = ""  # the decision's reason, or what comes next
    url: str = ""


STATION_NAMES: dict[str, Text] = {
    "form": Text(zh="填写", en="Form"),
    "upload": Text(zh="上传", en="Upload"),
    "inspection": Text(zh="检测", en="Check"),
    "grassroots": Text(zh="基层", en="Unit"),
    "city": Text(zh="市级", en="City"),
    "body": Text(zh="省级", en="Province"),
    "shortlist": Text(zh="入围", en="Shortlist"),
    "vote": Text(zh="投票", en="Vote"),
    "jury": Text(zh="评审", en="Jury"),
    "award": Text(zh="获奖", en="Award"),
}

Outcome = Literal["pass", "warn", "refuse"]


@dataclass(frozen=True)
class Still:
    """A part of a larger picture of `width` x `height` pixels. `box`: where it lies, as SVG's viewBox
    has it."""

    url: str
    width: int
    height: int
    box: str


@dataclass(frozen=True)
class Evidence:
    """A place in the film that shows why: a picture, or a part of one, the second, what is seen."""

    second: float
    picture: str = ""
    words: Words = ""
    still: Still | None = None


@dataclass(frozen=True)
class VerdictLine:
    """One rule of the film check. `advice` says what to do; a warning is a hint, never red. `more`:
    where to look further."""

    name: Words
    outcome: Outcome
    measured: Words = ""
    limit: Words = ""
    advice: Words = ""
    evidence: Sequence[Evidence] = field(default_factory=tuple)
    more: str = ""


@dataclass(frozen=True)
class Source:
    """One copy of a film, best first in a player's list."""

    url: str
    height: int = 0
    size: int = 0
    kind: str = "video/mp4"


@dataclass(frozen=True)
class Board:
    """The small pictures of a film: the address of the whole, and of the WebVTT track that tells
    which part of it is which moment."""

    picture: str
    track: str


@dataclass(frozen=True)
class Player:
    """A film in the browser's own player."""

    title: str
    sources: Sequence[Source]
    poster: str = ""
    captions: str = ""  # address of a WebVTT file
    board: Board | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Tile:
    """A figure with its unit and what it means."""

    figure: str
    label: Words
    unit: Words = ""
    note: Words = ""
    icon: str = ""
    url: str = ""
