"""What the call's page invites to, and how it says the film's rules. Pure: rulebook and clock in,
words out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from paike.campaigns.rules import stages
from paike.campaigns.rules.collecting import FilmRules, Stage
from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel import bytesize
from paike.kernel.text import Text
from paike.web.shared import cards, moments


@dataclass(frozen=True)
class Invitation:
    """The one thing a visitor can do now: where it leads and until when."""

    url_name: str
    icon: str
    action: Text
    until: datetime | None
    by_id: bool = False


@dataclass(frozen=True)
class Rule:
    """A film rule in plain words."""

    icon: str
    name: Text
    words: Text


def now_possible(rulebook: Rulebook, now: datetime, *, result_is_out: bool) -> Invitation | None:
    """Vote before submit before see: the deed that has a deadline comes first."""
    if stages.allows(rulebook, "vote", now):
        return Invitation("vote", "vote", Text("去投票", "Vote now"), _end(rulebook, "vote"))
    if stages.allows(rulebook, "submit", now):
        return Invitation(
            "entry-new", "send", Text("提交作品", "Submit your film"), _end(rulebook, "submit")
        )
    if result_is_out:
        return Invitation("result", "trophy", Text("看评选结果", "See the result"), None)
    return None


def _end(rulebook: Rulebook, deed: str) -> datetime | None:
    window = stages.window(rulebook, deed)  # type: ignore[arg-type]  # "vote" and "submit" are deeds
    return window.end if window else None


def dates(rulebook: Rulebook, now: datetime) -> list[cards.Station]:
    """The call's stages as a road."""
    zone = ZoneInfo(rulebook.timezone)
    here = now.astimezone(zone)
    return [
        cards.Station(
            key=stage.key,
            name=stage.name,
            state=_state(stage, now),
            note=moments.days(stage.start.astimezone(zone), stage.end.astimezone(zone), here),
        )
        for stage in rulebook.stages
    ]


def _state(stage: Stage, now: datetime) -> cards.StationState:
    if now >= stage.end:
        return "done"
    return "now" if now >= stage.start else "ahead"


def film_rules(film: FilmRules) -> Iterator[Rule]:
    """The limits a film-maker has to know, one line each."""
    longest = moments.duration(float(film.duration_max))
    yield Rule(
        "timer",
        Text("时长", "Length"),
        Text(f"不超过 {longest.zh}", f"Up to {longest.en}"),
    )
    size = bytesize.show(film.size_max).replace(".0 ", " ")
    yield Rule("hard-drive", Text("大小", "Size"), Text(f"不超过 {size}", f"Up to {size}"))
    formats = "、".join(name.upper() for name in film.containers)
    yield Rule("file-video", Text("格式", "Format"), Text(formats, formats.replace("、", ", ")))
    if film.frame_sizes:
        frames = [size.replace("x", " × ") for size in film.frame_sizes]
        yield Rule("scaling", Text("分辨率", "Picture"), Text("、".join(frames), ", ".join(frames)))
    yield Rule(
        "smartphone",
        Text("设备", "Camera"),
        Text("不限，画面稳定、声音清晰", "Any; steady picture, clear sound"),
    )
    yield Rule(
        "captions",
        Text("片头与字幕", "Titles and subtitles"),
        Text(
            "片头有作品名称和作者；解说配字幕", "Name and author up front; subtitle the narration"
        ),
    )
