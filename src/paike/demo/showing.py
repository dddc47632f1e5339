"""The demo's curtain: the editor publishes, the exhibition is built."""

from collections.abc import Callable

from paike.campaigns.rules.rulebook import Rulebook
from paike.demo.visitor import Refused, Visitor

UUID = "[0-9a-f-]{36}"


def publish_all(editor: Visitor, rulebook: Rulebook, step: Callable[[], None]) -> None:
    raise Refused("no editor's desk yet")


def build(editor: Visitor, rulebook: Rulebook) -> None:
    raise Refused("no exhibition yet")
