"""Small contests to look at: an honest one, and honest ones with something on top."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from bench.stuffing import honest, run
from bench.stuffing.honest import Ballots, World

from paike.voting.rules.detection.contest import Contest, Ints
from paike.voting.rules.detection.finding import Finding

WORKS, BALLOTS, TARGET = 60, 8_000, 7
ATTACK = 3


@lru_cache(maxsize=4)
def _people(seed: int) -> tuple[World, Ballots]:
    made = honest.world(seed, works=WORKS)
    return made, honest.people(made, BALLOTS)


def contest(*parts: Ballots, seed: int = 5) -> tuple[Contest, Ints]:
    """Honest ballots and `parts`; the contest and the kind of each row."""
    made, people = _people(seed)
    return run.columns(made, [people, *parts])


def world(seed: int = 5) -> World:
    """A world whose next ballots are the same each time."""
    made, _ = _people(seed)
    return replace(made, rng=np.random.default_rng(seed))


def ballots(
    at: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]],
    *,
    blind: float = 0.0,
    same: bool = False,
    network: int = 0,
    link: int = 0,
    seen: int = 90,
    watched: int = 3,
    voters: Ints | None = None,
    target: int = TARGET,
) -> Ballots:
    """Ballots for the target at these seconds, all with one conduct. `blind` 1: the other works are
    ticked anyhow; `same`: one list for all; `network` and `link` 0: each its own, and none."""
    made, size = world(), len(at)
    picks = honest.choose(made, 1 if same else size, blind=blind, must=target)
    none = np.zeros(size, dtype=np.int64)
    return Ballots(
        at=np.asarray(at, dtype=np.float64),
        voter=np.arange(size, dtype=np.int64) + 1_000_000 if voters is None else voters,
        picks=np.repeat(picks, size, axis=0) if same else picks,
        network=none + network if network else honest.networks(made, size),
        referral=none + link,
        seen_for=none + seen,
        watched=none + watched,
        kind=none + ATTACK,
    )


def within(
    start: float, length: float, number: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """So many moments in a stretch of time, as people come."""
    return np.sort(np.random.default_rng(3).uniform(start, start + length, number))


def of_target(found: Sequence[Finding], work: int = TARGET) -> Finding | None:
    """What was found on the target."""
    return next((one for one in found if one.work == work), None)


def hit(finding: Finding | None, kind: Ints) -> float:
    """The share of the ballots on top that the finding tags."""
    if finding is None:
        return 0.0
    return float((kind[finding.rows] == ATTACK).sum() / (kind == ATTACK).sum())
