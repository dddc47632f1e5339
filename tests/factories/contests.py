"""Small contests as detectors see them, without a database: quiet honest ballots, and some added."""

from dataclasses import replace

import numpy as np

from paike.campaigns.rules.rulebook import Detection
from paike.voting.rules.detection.contest import Columns, Contest, Window

WORKS, PICKS, DAYS = 60, 5, 7


def honest(number: int = 4_000, *, seed: int = 1) -> Columns:
    """People over a week: steep popularity, many networks, one in seven in haste."""
    rng = np.random.default_rng(seed)
    keys = rng.gumbel(size=(number, WORKS)) - np.arange(WORKS) * 0.05
    hasty = rng.random(number) < 0.15
    return Columns(
        at=np.sort(rng.uniform(0, DAYS * 86_400, number)),
        voter=np.arange(number, dtype=np.int32),
        picks=np.sort(np.argsort(-keys, axis=1)[:, :PICKS], axis=1).astype(np.int16),
        network=rng.integers(1, 2_000, number).astype(np.int32),
        referral=np.zeros(number, dtype=np.int32),
        seen_for=np.where(hasty, 20, 300).astype(np.int32),
        watched=np.where(hasty, 0, 2).astype(np.int16),
    )


def added(
    number: int,
    *,
    work: int = 7,
    start: float = 200_000.0,
    length: float = 3_000.0,
    seed: int = 2,
    hasty: float = 0.15,
    blind: bool = False,
    network: int = 0,
    referral: int = 0,
) -> Columns:
    """Ballots of new accounts for one work in some stretch of time."""
    base = honest(number, seed=seed)
    rng = np.random.default_rng(seed)
    keys = rng.gumbel(size=(number, WORKS))
    keys -= 0 if blind else np.arange(WORKS) * 0.05
    keys[:, work] = 99
    quick = rng.random(number) < hasty
    return replace(
        base,
        at=start + np.sort(rng.uniform(0, length, number)),
        voter=base.voter + 1_000_000,
        picks=np.sort(np.argsort(-keys, axis=1)[:, :PICKS], axis=1).astype(np.int16),
        network=np.full(number, network, dtype=np.int32) if network else base.network,
        referral=np.full(number, referral, dtype=np.int32),
        seen_for=np.where(quick, 20, 300).astype(np.int32),
        watched=np.where(quick, 0, 2).astype(np.int16),
    )


def contest(*parts: Columns, windows: tuple[Window, ...] = (), **changes: object) -> Contest:
    """The parts as one call, in the order of time."""
    names = ("at", "voter", "picks", "network", "referral", "seen_for", "watched")
    order = np.argsort(np.concatenate([part.at for part in parts]), kind="stable")
    columns = Columns(
        **{name: np.concatenate([getattr(part, name) for part in parts])[order] for name in names}
    )
    values: dict[str, object] = {"bodies": np.full(WORKS, -1, dtype=np.int32)}
    return Contest(columns, WORKS, Detection(), windows=windows, **(values | changes))  # type: ignore[arg-type]
