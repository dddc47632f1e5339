"""How well stuffed ballots are found.

    python -m bench.stuffing [--json] [--ballots 100000] [--seeds 21,22,23,24] [--workers 1]
        [--forged] [--one-work] [--write]

Every contest is made up by `honest.py` and stuffed in one way by `attacks.py`. The thresholds are
the rulebook's own defaults; they were chosen on the seeds 1 to 8, and the report is on others.
`--forged` tries attackers besides whose browsers lie about haste, `--one-work` a call whose ballots
name one work. `--write` writes docs/detection-accuracy.md, with both.
"""

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import mean

import numpy as np

from bench.stuffing import report
from bench.stuffing.attacks import ATTACKS, BEYOND, LIARS, forged
from bench.stuffing.honest import Ballots, Ints, World, contest, joined, one_work, world
from bench.stuffing.run import Outcome, look

SHARES = (0.02, 0.05, 0.2, 1.0)
CROWDS = (2_000, 8_000, 20_000)
FORGED, ONE_WORK = "forged ", "one-work "  # before the names of attacks
VARIED = SHARES[1:]
REPORT = Path(__file__).parents[2] / "docs" / "detection-accuracy.md"

Runs = dict[str, list[Outcome]]


def run(seed: int, ballots: int, variants: frozenset[str]) -> Runs:
    """All attacks on one contest, one at a time; `none` is the contest as it is."""
    made = world(seed)
    honest = contest(made, ballots=ballots)
    named = np.bincount(joined(honest).picks.ravel(), minlength=made.works)
    order = np.argsort(-named)
    found: Runs = {"none": [look(made, honest, target=None)]}
    for name in ATTACKS:
        for share in SHARES:
            target = int(order[made.rng.integers(10, 50)])
            number = max(int(named[target] * share), 1)
            found[f"{name} {share}"] = [_attacked(made, honest, name, target, number)]
    for number in CROWDS:
        target = int(order[made.rng.integers(10, 50)])
        attacked = _attacked(made, honest, "bought-crowd", target, number)
        found[f"bought-crowd {number}"] = [attacked]
    if FORGED in variants:
        found |= _forged(made, honest, named, order)
    if ONE_WORK in variants:
        found |= _one_work(made, honest)
    return found


def _forged(made: World, honest: list[Ballots], named: Ints, order: Ints) -> Runs:
    found: Runs = {}
    for name in LIARS:
        for share in VARIED:
            target = int(order[made.rng.integers(10, 50)])
            attack = ATTACKS[name](made, target, max(int(named[target] * share), 1))
            parts = [*honest, forged(attack, made.rng)]
            found[f"{FORGED}{name} {share}"] = [look(made, parts, target=target)]
    return found


def _one_work(made: World, honest: list[Ballots]) -> Runs:
    parts = [one_work(part, made.rng) for part in honest]
    named = np.bincount(joined(parts).picks.ravel(), minlength=made.works)
    order = np.argsort(-named)
    found: Runs = {f"{ONE_WORK}none": [look(made, parts, target=None)]}
    for name in ATTACKS:
        if name in BEYOND:
            continue
        for share in VARIED:
            target = int(order[made.rng.integers(10, 50)])
            attack = ATTACKS[name](made, target, max(int(named[target] * share), 1))
            attacked = look(made, [*parts, one_work(attack, made.rng)], target=target)
            found[f"{ONE_WORK}{name} {share}"] = [attacked]
    return found


def _attacked(made: World, honest: list[Ballots], name: str, target: int, number: int) -> Outcome:
    return look(made, [*honest, ATTACKS[name](made, target, number)], target=target)


def summary(runs: Runs) -> dict[str, dict[str, float | int | list[str]]]:
    """Per attack and size: how often the work was found, which share of the ballots, and which
    share of honest ballots was taken wrongly (mean and worst of the seeds)."""
    return {
        key: {
            "contests": len(seen),
            "found": sum(one.found for one in seen),
            "ballots_found": round(mean(one.caught / max(one.attack, 1) for one in seen), 3),
            "attack_ballots": round(mean(one.attack for one in seen)),
            "honest_wronged": round(mean(one.wronged / one.honest for one in seen), 6),
            "honest_wronged_worst": round(max(one.wronged / one.honest for one in seen), 6),
            "factory_wronged": sum(one.factory_wronged for one in seen),
            "factory_ballots": sum(one.factory for one in seen),
            "mobilised_wronged": round(
                sum(one.mobilised_wronged for one in seen)
                / max(sum(one.mobilised for one in seen), 1),
                5,
            ),
            "detectors": sorted({name for one in seen for name in one.detectors}),
        }
        for key, seen in runs.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--ballots", type=int, default=100_000)
    parser.add_argument("--seeds", default="21,22,23,24")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--forged", action="store_true")
    parser.add_argument("--one-work", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    chosen = {FORGED: asked.forged or asked.write, ONE_WORK: asked.one_work or asked.write}
    variants = frozenset(one for one, wanted in chosen.items() if wanted)
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    runs: Runs = {}
    with ProcessPoolExecutor(max_workers=asked.workers) as pool:
        for each in pool.map(run, seeds, [asked.ballots] * len(seeds), [variants] * len(seeds)):
            for key, seen in each.items():
                runs.setdefault(key, []).extend(seen)
    found = {
        "seeds": seeds,
        "ballots": asked.ballots,
        "seconds_per_look": round(mean(one.seconds for each in runs.values() for one in each), 2),
        "results": summary(runs),
    }
    if asked.write:
        REPORT.write_text(report.markdown(found), encoding="utf-8")
    print(json.dumps(found if asked.json else found["results"], indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
