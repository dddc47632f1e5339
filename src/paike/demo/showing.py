"""The demo's curtain: the editor publishes every work of the shortlist."""

import re
from collections.abc import Callable

from paike.campaigns.rules.rulebook import Rulebook
from paike.demo.visitor import Visitor

UUID = "[0-9a-f-]{36}"


def publish_all(editor: Visitor, rulebook: Rulebook, step: Callable[[], None]) -> None:
    """Work after work from the shelf of those that wait, until it is empty."""
    desk = f"/editor/{rulebook.slug}/"
    while True:
        works = re.findall(rf"{desk}works/({UUID})/", editor.get(desk))
        if not works:
            return
        for work in dict.fromkeys(works):
            address = f"{desk}works/{work}/"
            page = editor.get(address)
            fields = {"synopsis": _value(page, "synopsis"), "credit": _value(page, "credit")}
            editor.post(address, fields, expect="已发布")
            step()


def _value(page: str, name: str) -> str:
    area = re.search(rf'(?s)<textarea[^>]*name="{name}"[^>]*>\s*(.*?)</textarea>', page)
    line = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    line = line or re.search(rf'<input[^>]*value="([^"]*)"[^>]*name="{name}"', page)
    found = area or line
    return found[1] if found else ""
