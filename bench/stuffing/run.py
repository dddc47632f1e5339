"""One contest, one attack, one look."""

import time
from dataclasses import dataclass

import numpy as np

from bench.stuffing.honest import MIDNIGHT, Ballots, World, joined
from paike.campaigns.rules.rulebook import Detection
from paike.voting.rules.detection import registry, suspicion
from paike.voting.rules.detection.contest import Columns, Contest, Ints, Window


@dataclass(frozen=True)
class Outcome:
    """What one look found. Shares are of the ballots of each kind. `found`: the attacked work has a
    quarantine at least half of which are the attack's ballots."""

    attack: int
    caught: int
    honest: int
    wronged: int
    factory: int
    factory_wronged: int
    mobilised: int
    mobilised_wronged: int
    found: bool
    detectors: tuple[str, ...]
    seconds: float


def columns(made: World, parts: list[Ballots]) -> tuple[Contest, Ints]:
    """The contest as detection sees it, and the kind of every row."""
    every = joined(parts)
    order = np.argsort(every.at, kind="stable")
    _, network = np.unique(every.network, return_inverse=True)
    _, referral = np.unique(np.append(every.referral, 0), return_inverse=True)
    contest = Contest(
        columns=Columns(
            at=every.at[order],
            voter=every.voter[order].astype(np.int32),
            picks=every.picks[order].astype(np.int16),
            network=(network[order] + 1).astype(np.int32),
            referral=referral[:-1][order].astype(np.int32),
            seen_for=every.seen_for[order].astype(np.int32),
            watched=every.watched[order].astype(np.int32),
        ),
        works=made.works,
        rule=Detection(),
        bodies=made.bodies.astype(np.int32),
        midnight=MIDNIGHT,
        windows=tuple(Window(*window) for window in made.windows),
    )
    return contest, every.kind[order]


def look(made: World, parts: list[Ballots], *, target: int | None) -> Outcome:
    contest, kind = columns(made, parts)
    began = time.perf_counter()
    suspicions = suspicion.of(contest, registry.find(contest))
    seconds = time.perf_counter() - began
    taken = np.zeros(len(kind), dtype=np.bool_)
    for one in suspicions:
        taken[one.rows] = True
    on_target = [one for one in suspicions if one.work == target]
    hit = sum(int((kind[one.rows] == 3).sum()) for one in on_target)
    of_target = sum(len(one.rows) for one in on_target)

    def count(which: int) -> tuple[int, int]:
        return int((kind == which).sum()), int((taken & (kind == which)).sum())

    attack, caught = count(3)
    factory, factory_wronged = count(2)
    mobilised, mobilised_wronged = count(1)
    return Outcome(
        attack=attack,
        caught=caught,
        honest=int((kind != 3).sum()),
        wronged=int((taken & (kind != 3)).sum()),
        factory=factory,
        factory_wronged=factory_wronged,
        mobilised=mobilised,
        mobilised_wronged=mobilised_wronged,
        found=of_target > 0 and 2 * hit >= of_target,
        detectors=tuple(sorted({name for one in on_target for name in one.detectors})),
        seconds=round(seconds, 2),
    )
