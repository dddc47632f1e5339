"""The words of the verdicts: one file for the server and the browser (`texts.json`).

`frontend/src/media/texts.ts` reads the same file.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from paike.kernel.text import Text
from paike.media.rules.report import Outcome, Verdict

EMPTY = {"zh": "", "en": ""}


@cache
def book() -> dict[str, Any]:
    """The whole file."""
    content: dict[str, Any] = json.loads(
        Path(__file__).with_name("texts.json").read_text(encoding="utf-8")
    )
    return content


def verdict(code: str, *, value: str = "", unit: str = "", **places: str | int) -> Verdict:
    """The verdict of the case `code`, its `{places}` filled. Raises KeyError for an unknown case."""
    rule = code.split(".", maxsplit=1)[0]
    said = spoken(code, book()["cases"][code], Text(**book()["names"][rule]), places)
    return replace(said, value=value, unit=unit)


def spoken(
    code: str, case: Mapping[str, Any], name: Text, places: Mapping[str, str | int]
) -> Verdict:
    """The verdict of one case: its outcome and its words, their `{places}` filled."""

    def say(part: str) -> Text:
        pair = case.get(part, EMPTY)
        return Text(zh=_fill(pair["zh"], places), en=_fill(pair["en"], places))

    return Verdict(
        rule=code.split(".", maxsplit=1)[0],
        code=code,
        outcome=Outcome(case["outcome"]),
        name=name,
        measured=say("measured"),
        limit=say("limit"),
        advice=say("advice"),
    )


def container(key: str) -> str:
    """How a container is called: `mp4` is MP4."""
    return str(book()["containers"].get(key, key))


def codec(key: str) -> str:
    """How a codec is called: `h264` is H.264. An unknown one keeps its four characters."""
    return str(book()["codecs"].get(key, key))


def _fill(template: str, places: Mapping[str, str | int]) -> str:
    # Not str.format: what stands in a file must never be read as a format.
    for name, value in places.items():
        template = template.replace("{" + name + "}", str(value))
    return template
