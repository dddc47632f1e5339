"""Captions: WebVTT or SRT as people have it, read into plain lines and written anew as WebVTT.

Nothing of the source survives but times and words: no tags, styles, positions, comments or control
characters. What is written can be shown by any player and read by nobody as markup.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from paike.kernel.text import Text

MOST_BYTES = 200_000
MOST_CUES = 1000
LONGEST_TEXT = 200  # characters of one cue: what two or three lines on a picture hold
SLACK = 1000  # ms a last caption may outlast the film: editors round up
TELL = 3  # faults that are told; who mends three sees the rest

_MOMENT = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_MOMENT}\s*-->\s*{_MOMENT}(?:\s.*)?")
_TAG = re.compile(r"<[^>]*>?")
_OVERRIDE = re.compile(r"\{\\[^}]*\}?")  # of other subtitle formats: {\an8}
_COMMENTS = ("NOTE", "STYLE", "REGION", "X-TIMESTAMP-MAP")
_DROPPED = {"Cc", "Cf", "Cs", "Co"}  # what is not seen
_KEPT = "\u200c\u200d"  # but joins letters in some scripts, and pictures


@dataclass(frozen=True)
class Cue:
    """Lines shown from `start` to `end`, in milliseconds."""

    start: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A caption as somebody typed it: its times such as `1:02.5`, and its words."""

    start: str
    end: str
    words: str


class Unreadable(Exception):
    """The file can't be captions of this film; `text` says what, where and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


TOO_LARGE = Text(
    "字幕文件超过 200 KB。请导出只有文字的 WebVTT 或 SRT 字幕。",
    "The caption file is larger than 200 kB. Export captions as plain WebVTT or SRT.",
)
NOT_TEXT = Text(
    "这不是字幕文件：请上传 WebVTT（.vtt）或 SRT（.srt）文本文件，编码用 UTF-8 或 GBK。",
    "This is no caption file. Upload a WebVTT (.vtt) or SRT (.srt) text file in UTF-8 or GBK.",
)
NOTHING = Text(
    "文件里没有找到字幕。每条字幕要有一行时间，例如“00:00:01.000 --> 00:00:03.500”，下一行是文字。",
    "No captions were found. Each needs a line of times, such as “00:00:01.000 --> 00:00:03.500”, "
    "and its words below.",
)
NO_ROWS = Text(
    "还没有一条字幕有文字。请至少写一条。",
    "No caption has words yet. Write at least one.",
)
TOO_MANY = Text(
    "字幕有 {n} 条，超过 {most} 条。请合并后重新上传。",
    "There are {n} captions, more than {most}. Join some, then upload again.",
)
BAD_TIMES = Text(
    "第 {line} 行：看不懂时间“{words}”，应像“00:00:01.000 --> 00:00:03.500”。",
    "Line {line}: the times “{words}” can't be read; write “00:00:01.000 --> 00:00:03.500”.",
)
BACKWARDS = Text(
    "第 {line} 行：结束时间不晚于开始时间。",
    "Line {line}: the end is not after the start.",
)
BEHIND_THE_FILM = Text(
    "第 {line} 行：字幕到 {end} 秒，影片只有 {length} 秒。请确认是这部影片的字幕。",
    "Line {line}: the caption lasts until {end} s, the film only {length} s. Is this the film's own file?",
)
TOO_LONG = Text(
    "第 {line} 行：这条字幕有 {n} 个字，最多 {most} 个。请分成几条。",
    "Line {line}: this caption has {n} characters, at most {most} are shown. Divide it.",
)


def read(source: bytes, *, film_ms: int | None = None) -> tuple[Cue, ...]:
    """The cues of a WebVTT or SRT file in the order of their starts; `film_ms`: the film's length.
    Raises Unreadable."""
    if len(source) > MOST_BYTES:
        raise Unreadable(TOO_LARGE)
    found = _without_fault(_blocks(_decoded(source)), film_ms=film_ms, nothing=NOTHING)
    if len(found) > MOST_CUES:
        raise Unreadable(TOO_MANY.fill(n=len(found), most=MOST_CUES))
    return found


def from_rows(rows: Sequence[Row], *, film_ms: int | None = None) -> tuple[Cue, ...]:
    """The cues of rows as a person typed them; an empty row is none. Raises Unreadable, which names
    the rows by their place, from 1."""
    typed = (
        (number, f"{_in_full(row.start)} --> {_in_full(row.end)}", row.words.splitlines())
        for number, row in enumerate(rows, 1)
        if row.words.strip()
    )
    return _without_fault(typed, film_ms=film_ms, nothing=NO_ROWS)


def _without_fault(
    given: Iterable[tuple[int, str, list[str]]], *, film_ms: int | None, nothing: Text
) -> tuple[Cue, ...]:
    """The cues in the order of their starts, of a number, times and words each. Raises Unreadable
    with what is wrong, or with `nothing` where there is none."""
    found: list[Cue] = []
    faults: list[Text] = []
    for number, times, words in given:
        cue = _cue(times, words)
        fault = _fault(cue, number, times, film_ms)
        if fault is not None:
            faults.append(fault)
        elif cue is not None and cue.lines:
            found.append(cue)
    if faults:
        raise Unreadable(_joined(faults[:TELL]))
    if not found:
        raise Unreadable(nothing)
    return tuple(sorted(found, key=lambda cue: (cue.start, cue.end)))


def moment(ms: int) -> str:
    """A moment as people write it: `1:02.5`."""
    minutes, rest = divmod(max(ms, 0), 60_000)
    return f"{minutes}:{rest / 1000:04.1f}"


def plain(text: str) -> str:
    """The words of written captions alone, a line each: what is searched and read."""
    lines = (line for line in text.splitlines()[1:] if line and "-->" not in line)
    return "\n".join(html.unescape(line) for line in lines)


def _in_full(moment: str) -> str:
    """`1:02` with the fraction that a caption file needs."""
    moment = moment.strip().replace("：", ":").replace("。", ".")
    return moment if "." in moment or "," in moment else f"{moment}.0"


def write(cues: Sequence[Cue]) -> str:
    """The cues as WebVTT."""
    parts = [
        f"{timestamp(cue.start)} --> {timestamp(cue.end)}\n"
        + "\n".join(html.escape(line, quote=False) for line in cue.lines)
        for cue in cues
    ]
    return "\n\n".join(["WEBVTT", *parts]) + "\n"


def _decoded(source: bytes) -> str:
    """Text in UTF-8, UTF-16 with a mark, or GBK. Raises Unreadable."""
    marked = source.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            text = source.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(NOT_TEXT)


def _blocks(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Line number, line of times, words below it. A line with an arrow begins a cue; what stands
    before it in its block (a number, a name) is nobody's, and a comment's block is left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        end = next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))
        if not lines[at].startswith(_COMMENTS):
            arrows = [n for n in range(at, end) if "-->" in lines[n]]
            for arrow, following in pairwise([*arrows, end]):
                words = lines[arrow + 1 : following]
                if following < end and words and words[-1].strip().isdecimal():
                    words.pop()  # the next one's number, where no empty line stands between them
                yield arrow + 1, lines[arrow], words
        at = end


def _cue(times: str, words: list[str]) -> Cue | None:
    """None where the times can't be read."""
    match = _TIMES.fullmatch(times)
    if match is None:
        return None
    parts = match.groups()
    plain = (_plain(line) for line in words)
    return Cue(_ms(parts[:4]), _ms(parts[4:]), tuple(line for line in plain if line))


def _fault(cue: Cue | None, number: int, times: str, film_ms: int | None) -> Text | None:
    if cue is None:
        return BAD_TIMES.fill(line=number, words=_plain(times)[:40])
    if cue.end <= cue.start:
        return BACKWARDS.fill(line=number)
    if film_ms is not None and cue.end > film_ms + SLACK:
        end, length = f"{cue.end / 1000:.1f}", f"{film_ms / 1000:.1f}"
        return BEHIND_THE_FILM.fill(line=number, end=end, length=length)
    letters = sum(map(len, cue.lines))
    if letters > LONGEST_TEXT:
        return TOO_LONG.fill(line=number, n=letters, most=LONGEST_TEXT)
    return None


def _plain(line: str) -> str:
    """The words alone: tags go, entities become letters, invisible characters go."""
    words = html.unescape(_TAG.sub("", line))
    spaced = (" " if c.isspace() else c for c in words)
    words = "".join(c for c in spaced if c in _KEPT or unicodedata.category(c) not in _DROPPED)
    while _OVERRIDE.search(words):  # what is taken out may join what stood around it to another
        words = _OVERRIDE.sub("", words)
    return " ".join(words.split())


def _ms(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def timestamp(ms: int) -> str:
    """A moment as WebVTT writes it: `00:01:02.500`."""
    seconds, rest = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"


def _joined(texts: Sequence[Text]) -> Text:
    return Text(zh="".join(text.zh for text in texts), en=" ".join(text.en for text in texts))
