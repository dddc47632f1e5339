"""The demo's curtain: the editor publishes every work of the shortlist and opens the exhibition."""

import re
import time
from collections.abc import Callable

from paike.campaigns.rules.rulebook import Rulebook
from paike.demo.visitor import Refused, Visitor, plain

UUID = "[0-9a-f-]{36}"
LONGEST_BUILD = 900.0  # seconds


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


def exhibit(editor: Visitor, rulebook: Rulebook) -> None:
    """The button on the desk, and waiting until the exhibition stands on its own address."""
    desk = f"/editor/{rulebook.slug}/"
    editor.get(desk)
    editor.post(f"{desk}packages/", {}, expect="已开始生成展播")
    address, until = f"/exhibition/{rulebook.slug}/", time.monotonic() + LONGEST_BUILD
    while f'href="{address}"' not in (state := editor.get(f"{desk}packages/state/")):
        if "alert-error" in state or time.monotonic() > until:
            raise Refused(f"the exhibition was not built\n{plain(state)[:1500]}")
        time.sleep(0.3)
    editor.get(address)


def _value(page: str, name: str) -> str:
    area = re.search(rf'(?s)<textarea[^>]*name="{name}"[^>]*>\s*(.*?)</textarea>', page)
    line = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    line = line or re.search(rf'<input[^>]*value="([^"]*)"[^>]*name="{name}"', page)
    found = area or line
    return found[1] if found else ""
