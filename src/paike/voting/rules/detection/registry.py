"""All detectors, in the order they run: later ones look closer at what earlier ones found."""

from collections.abc import Sequence
from typing import Protocol, cast

from paike.kernel.text import Text
from paike.voting.rules.detection import (
    arithmetic,
    burst,
    fillers,
    fresh_and_gone,
    lockstep,
    network_share,
    referral_star,
    regularity,
    vote_jury_gap,
)
from paike.voting.rules.detection.contest import Contest
from paike.voting.rules.detection.finding import Family, Finding


class Detector(Protocol):
    """The shape of a detector's folder."""

    KEY: str
    FAMILY: Family
    NAME: Text

    def find(self, contest: Contest, so_far: Sequence[Finding]) -> list[Finding]: ...


DETECTORS: tuple[Detector, ...] = cast(
    "tuple[Detector, ...]",
    (
        burst,
        network_share,
        referral_star,
        lockstep,
        fillers,
        fresh_and_gone,
        regularity,
        arithmetic,
        vote_jury_gap,
    ),
)


def find(contest: Contest) -> list[Finding]:
    """What all detectors find."""
    found: list[Finding] = []
    for detector in DETECTORS:
        found += detector.find(contest, tuple(found))
    return found
