"""`paike rulebook check|show|diff`"""

from argparse import Namespace
from pathlib import Path

from paike.campaigns.rules import checking, reading


def run(arguments: Namespace) -> int:
    """Check, show or compare rulebooks. 1 for one that may not open, or that differ."""
    source = _read(arguments.file)
    if arguments.action == "show":
        print(checking.show(source))
        return 0
    if arguments.action == "diff":
        changes = checking.diff(source, _read(arguments.other))
        print(changes or "两份规则书相同。 / They say the same.")
        return 1 if changes else 0
    found = checking.check(source)
    print(found.in_language("zh"), found.in_language("en"), sep="\n\n")
    return 0 if found.may_open else 1


def _read(path: Path) -> str:
    return reading.decoded(path.read_bytes())
