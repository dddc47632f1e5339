"""The rulebook the demo plays: the notice's own, moved so that its exhibition has just begun."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from paike.campaigns.rules import reading, shifting, stages
from paike.campaigns.rules.rulebook import Rulebook

FULL = 120  # films with which the whole notice is played
SINCE_EXHIBITION = timedelta(days=1)
PRACTICE_BEGUN = 0.3  # of its collecting stage has passed
PRACTICE_SLUG = "practice"
PRACTICE_NAME = ("我身边的党员故事·练习场", "Party Members Beside Me: Practice Ground")


def play_bill(source: str, *, films: int, now: datetime) -> str:
    """The TOML to play with `films` films, ending at `now`: dates moved by whole days and, below
    120 films, fewer bodies, a shorter shortlist and a smaller ladder."""
    source = source if films >= FULL else _reduced(source, films)
    window = stages.window(reading.read(source), "exhibit")
    if window is None:
        raise ValueError("The demo's rulebook has no exhibition.")
    return shifting.shift(source, timedelta(days=(now - SINCE_EXHIBITION - window.start).days))


def practice(play_bill_source: str, *, now: datetime) -> str:
    """The TOML of a second call with the same rules and bodies that collects works right now, so
    that whoever opens the demo can submit, review and recommend with their own hands."""
    collect = reading.read(play_bill_source).stages[0]
    since = (collect.end - collect.start) * PRACTICE_BEGUN
    moved = shifting.shift(play_bill_source, timedelta(days=(now - since - collect.start).days))
    lines = moved.splitlines()
    for number, line in enumerate(lines):
        if line.startswith("slug ="):
            lines[number] = f'slug = "{PRACTICE_SLUG}"'
        elif line.startswith("name = "):
            lines[number] = f'name = {{ zh = "{PRACTICE_NAME[0]}", en = "{PRACTICE_NAME[1]}" }}'
            break
    return "\n".join(lines) + "\n"


def bodies_for(rulebook: Rulebook, films: int) -> int:
    """How many bodies can recommend their least number when some works take other roads."""
    return max(2, min(len(rulebook.bodies), (films - 6) // rulebook.funnel.recommend_min))


def _reduced(source: str, films: int) -> str:
    rulebook = reading.read(source)
    count = bodies_for(rulebook, films)
    shortlist = max(5, count * rulebook.funnel.recommend_min - 1)
    kept = {body.code for body in rulebook.bodies[-count:]}
    lines = []
    rungs = _smaller([rung.count for rung in rulebook.ladder], shortlist)
    inside_rung = False
    for line in source.splitlines():
        code = re.match(r'\s*\{ code = "([A-Z]+)"', line)
        if code and code[1] not in kept:
            continue
        inside_rung = line.strip() == "[[ladder]]" or (inside_rung and not line.startswith("["))
        if inside_rung and line.startswith("count ="):
            line = f"count = {rungs.pop(0)}"
        elif line.startswith("shortlist ="):
            line = f"shortlist = {shortlist}"
        lines.append(line)
    text = "\n".join(lines) + "\n"
    return re.sub(
        r"(\[organisation_prizes\][^\[]*?count = )\d+", rf"\g<1>{max(1, count // 3)}", text
    )


def _smaller(counts: list[int], total: int) -> list[int]:
    """Rungs in about the same proportion, each at least one, that add up to `total`."""
    scaled = [max(1, round(count * total / sum(counts))) for count in counts[:-1]]
    while sum(scaled) > total - 1:
        scaled[scaled.index(max(scaled))] -= 1
    return [*scaled, total - sum(scaled)]


def built_in() -> str:
    """The text of `party-stories-2021.toml`, from the installed package or from the checkout."""
    packaged = Path(__file__).parent.parent / "campaigns" / "built_in"
    folder = packaged if packaged.exists() else Path(__file__).parents[3] / "campaigns"
    return (folder / "party-stories-2021.toml").read_text(encoding="utf-8")
