"""Ways to stuff a vote, from the cheapest to the most patient. Each gives `number` ballots for one
work."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from bench.stuffing.honest import (
    BODIES,
    DAYS,
    LENGTH,
    PICKS,
    Ballots,
    Floats,
    Ints,
    World,
    choose,
    conduct,
    hours,
    joined,
    networks,
)

Attack = Callable[[World, int, int], Ballots]


def script(made: World, target: int, number: int) -> Ballots:
    """New accounts from a few machines in less than an hour; the same fillers, or any."""
    rng = made.rng
    length = rng.uniform(900, 3_600)
    gaps = np.maximum(rng.normal(1, rng.uniform(0.1, 0.6), number), 0.05)
    at = rng.uniform(0, LENGTH - length) + np.cumsum(gaps) / gaps.sum() * length
    net = 20_000 + rng.integers(0, rng.integers(1, 6), number)
    return _ballots(
        made, at, made.new_voters(number), _fillers(made, target, number), net,
        seen=rng.integers(4, 20, number), watched=np.zeros(number),
    )  # fmt: skip


def crowd(made: World, target: int, number: int) -> Ballots:
    """A bought crowd: real people with real phones, paid by the vote, in three hours to a day."""
    rng = made.rng
    length = rng.uniform(3, 24) * 3_600
    at = rng.uniform(0, LENGTH - length) + length * rng.beta(1.1, 1.6, number)
    hasty = rng.random(number) < 0.9
    seen = np.where(hasty, rng.integers(8, 60, number), rng.integers(60, 300, number))
    watched = np.where(hasty, 0, rng.integers(0, 2, number))
    picks = choose(made, number, blind=0.85, must=target)
    link = np.where(rng.random(number) < rng.uniform(0, 0.8), 3_000, 0)
    return _ballots(
        made, at, made.new_voters(number), picks, networks(made, number),
        seen=seen, watched=watched, link=link,
    )  # fmt: skip


def lockstep(made: World, target: int, number: int) -> Ballots:
    """The same accounts every day, one after the other, behind proxies, slow as people; what they
    name besides is one list a day, with one work changed now and then."""
    rng = made.rng
    days = int(rng.integers(4, DAYS + 1))
    accounts = made.new_voters(max(number // days, 1))
    parts_at, parts_who, parts_picks = [], [], []
    hour = rng.uniform(8, 22) * 3_600
    for day in range(days):
        when = (
            day * 86_400 + hour + rng.normal(0, 300) + np.arange(len(accounts)) * rng.uniform(1, 4)
        )
        parts_at.append(when % LENGTH)
        parts_who.append(accounts)
        list_ = choose(made, 1, blind=0.5, must=target)
        picks = np.repeat(list_, len(accounts), axis=0)
        change = rng.random(len(accounts)) < 0.2
        other = choose(made, int(change.sum()), blind=0.5, must=target)
        picks[change] = _one_changed(picks[change], other, target)
        parts_picks.append(picks)
    at, who = np.concatenate(parts_at), np.concatenate(parts_who)
    seen, watched, _ = conduct(made, len(at), 0.15)
    return _ballots(
        made, at, who, np.concatenate(parts_picks), networks(made, len(at)),
        seen=seen, watched=watched,
    )  # fmt: skip


def drip(made: World, target: int, number: int) -> Ballots:
    """Day and night, a ballot now and then, from a handful of addresses."""
    rng = made.rng
    at = np.sort(rng.uniform(0, LENGTH, number))
    net = 30_000 + rng.integers(0, rng.integers(3, 11), number)
    hasty = rng.random(number) < 0.9
    seen = np.where(hasty, rng.integers(6, 60, number), rng.integers(60, 200, number))
    picks = choose(made, number, blind=1.0, must=target)
    return _ballots(
        made, at, made.new_voters(number), picks, net, seen=seen, watched=np.zeros(number)
    )


def proxied_drip(made: World, target: int, number: int) -> Ballots:
    """The same, each ballot from another home's address."""
    ballots = drip(made, target, number)
    ballots.network = networks(made, number)
    return ballots


def joe_job(made: World, target: int, number: int) -> Ballots:
    """Stuffing for a rival, so crude that it must be found, to have the rival thrown out."""
    half = number // 2
    one, two = script(made, target, half), crowd(made, target, number - half)
    return joined([one, two])


def patient(made: World, target: int, number: int) -> Ballots:
    """Real people who take their time, watch, and choose the others as everybody does, over days.
    Nothing in the ballots tells them from voters, and nothing should."""
    rng = made.rng
    at = rng.integers(0, DAYS, number) * 86_400 + hours(made, number)
    seen, watched, _quick = conduct(made, number, 0.15)
    picks = choose(made, number, body=rng.integers(0, BODIES, number), must=target)
    return _ballots(
        made, at % LENGTH, made.new_voters(number), picks, networks(made, number),
        seen=seen, watched=watched,
    )  # fmt: skip


ATTACKS: dict[str, Attack] = {
    "script": script,
    "bought-crowd": crowd,
    "lockstep": lockstep,
    "slow-drip": drip,
    "joe-job": joe_job,
    "proxied-drip": proxied_drip,
    "patient-people": patient,
}
BEYOND = ("proxied-drip", "patient-people")  # not among those that must be found


# Attackers who know what is looked at. What a browser says of its visitor is the attacker's word.
LIARS = ("script", "slow-drip")


def forged(ballots: Ballots, rng: np.random.Generator) -> Ballots:
    """The same ballots from browsers that claim minutes on the page and works watched."""
    number = len(ballots.at)
    return replace(
        ballots, seen_for=rng.integers(90, 3_600, number), watched=rng.integers(1, 6, number)
    )


def _fillers(made: World, target: int, number: int) -> Ints:
    if made.rng.random() < 0.5:
        return np.repeat(choose(made, 1, blind=1.0, must=target), number, axis=0)
    return choose(made, number, blind=1.0, must=target)


def _one_changed(picks: Ints, other: Ints, target: int) -> Ints:
    """Each list with one filler exchanged for another work that is not on it yet."""
    changed = picks.copy()
    for row in range(len(picks)):
        new = next((w for w in other[row] if w not in picks[row]), None)
        place = next(p for p in range(PICKS) if picks[row, p] != target)
        if new is not None:
            changed[row, place] = new
    return np.sort(changed, axis=1)


def _ballots(
    made: World, at: Floats, who: Ints, picks: Ints, net: Ints, *,
    seen: Ints, watched: Floats | Ints, link: Ints | None = None,
) -> Ballots:  # fmt: skip
    size = len(at)
    none = np.zeros(size, dtype=np.int64)
    return Ballots(
        at, who, picks, net, none if link is None else link, seen,
        np.asarray(watched, dtype=np.int64), np.full(size, 3),
    )  # fmt: skip
