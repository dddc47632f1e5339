"""Which builds of FFmpeg's libraries may look at foreign films.

The table is short and kept by hand: faults in what a film of ours can reach, or that are so grave
that a machine which still has them is not looked after. Source: the advisories by their numbers;
looked through on 2026-11-28.
"""

import re
from dataclasses import dataclass

Version = tuple[int, int, int]


@dataclass(frozen=True)
class Fault:
    """A known fault: where it is, and from which version on it is gone."""

    number: str
    place: str
    gone: Version


KNOWN = (
    Fault("CVE-2026-40962", "the MP4 reader", (8, 1, 0)),
    Fault("CVE-2026-8461", "the MagicYUV decoder", (8, 1, 2)),
)


def version(text: str) -> Version | None:
    """`8.1.2`, `n8.1.2-3`, `8.1` as three numbers; None for what is no release."""
    found = re.match(r"n?(\d+)\.(\d+)(?:\.(\d+))?(?![\w.])", text)
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else None


def faults(text: str) -> list[str]:
    """Why a build that calls itself by this version is refused; empty when it is not."""
    found = version(text)
    if found is None:
        return [f"FFmpeg “{text}” is no known release"]
    return [
        f"FFmpeg {text} is older than {'.'.join(map(str, fault.gone))}: "
        f"{fault.number} in {fault.place}"
        for fault in KNOWN
        if found < fault.gone
    ]
