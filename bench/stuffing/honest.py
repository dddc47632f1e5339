"""Honest ballots of a made-up contest: seven days, works of 35 bodies, people with habits.

What makes it hard on purpose: popularity is steep; people like the works of their own body; units put
up posters and their people come within an hour, half of them from one address and a third in haste;
some vote the slate of their body; one factory votes after every shift, nights too, from one address.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

DAYS = 7
LENGTH = DAYS * 86_400.0
MIDNIGHT = -36_000.0  # the vote opens at ten
BODIES = 35
PICKS = 5
CARRIERS = 300  # networks of mobile carriers, shared by thousands
LINKS = 120  # shared links that many people come by
FACTORY = 9_001  # the network of the factory
HASTY = 0.15

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass
class Ballots:
    """Columns not yet sorted. `kind`: 0 honest, 1 mobilised, 2 factory, 3 attack."""

    at: Floats
    voter: Ints
    picks: Ints
    network: Ints
    referral: Ints
    seen_for: Ints
    watched: Ints
    kind: Ints


@dataclass
class World:
    """What a contest is made from. `windows`: declared ones, (work, start, end)."""

    rng: np.random.Generator
    works: int
    bodies: Ints
    popularity: Floats  # log shares
    windows: list[tuple[int, float, float]]
    voters: int = 0

    def new_voters(self, number: int) -> Ints:
        self.voters += number
        return np.arange(self.voters - number, self.voters)


def world(seed: int, *, works: int = 100) -> World:
    rng = np.random.default_rng(seed)
    return World(
        rng=rng,
        works=works,
        bodies=rng.integers(0, BODIES, works),
        popularity=rng.normal(0, 0.9, works),
        windows=[],
    )


def contest(made: World, *, ballots: int) -> list[Ballots]:
    """All honest ballots: people, mobilised units, the factory."""
    return [people(made, ballots), *_units(made, ballots), _factory(made)]


def hours(made: World, number: int) -> Floats:
    """Times of day in seconds: morning, noon, evening, and the night shift."""
    rng = made.rng
    which = rng.choice(5, number, p=[0.15, 0.25, 0.37, 0.15, 0.08])
    centre = np.array([8.2, 12.3, 20.6, 15.0, 2.5])[which]
    width = np.array([0.9, 0.7, 1.5, 4.0, 1.8])[which]
    return np.asarray(((centre + rng.normal(0, 1, number) * width) % 24) * 3_600)


def choose(
    made: World,
    number: int,
    *,
    body: Ints | None = None,
    blind: npt.ArrayLike = 0.0,
    must: int | None = None,
    taste: Floats | None = None,
) -> Ints:
    """`PICKS` different works each: by popularity, fondness for one's own body, and taste. `blind`
    0..1 flattens the popularity: 1 ticks anything."""
    keys = made.rng.gumbel(size=(number, made.works)).astype(np.float32)
    keys += np.outer(1 - np.broadcast_to(blind, number), made.popularity).astype(np.float32)
    if body is not None:
        keys += 1.6 * (made.bodies[None, :] == body[:, None])
    if taste is not None:
        keys += taste
    if must is not None:
        keys[:, must] = 1e9
    return np.sort(np.argpartition(-keys, PICKS, axis=1)[:, :PICKS], axis=1)


def conduct(made: World, number: int, hasty: Floats | float) -> tuple[Ints, Ints, Ints]:
    """Seconds on the page, works watched, and who was in haste."""
    rng = made.rng
    quick = rng.random(number) < hasty
    seen = np.where(quick, rng.integers(8, 60, number), 40 + rng.lognormal(4.6, 0.8, number))
    watched = np.where(quick, 0, rng.poisson(1.8, number))
    unknown = rng.random(number) < 0.01  # no script
    return (
        np.where(unknown, -1, seen).astype(np.int64),
        np.where(unknown, -1, watched).astype(np.int64),
        quick.astype(np.int64),
    )


def networks(made: World, number: int) -> Ints:
    """Mobile carriers for most, a home of one's own for the others."""
    rng = made.rng
    carrier = 1 + (CARRIERS * rng.random(number) ** 2).astype(np.int64)
    home = 100_000 + rng.integers(0, 5_000_000, number)
    return np.where(rng.random(number) < 0.7, carrier, home)


def people(made: World, ballots: int) -> Ballots:
    rng = made.rng
    accounts = int(ballots / 1.9)
    loyal = np.minimum(rng.geometric(0.5, accounts), DAYS)
    loyal[rng.random(accounts) < 0.04] = DAYS
    who = np.repeat(made.new_voters(accounts), loyal)
    day = np.concatenate([rng.permutation(DAYS)[:times] for times in loyal]).astype(np.float64)
    habit = hours(made, accounts)[who]
    time = np.where(rng.random(len(who)) < 0.5, habit, hours(made, len(who)))
    at = day * 86_400 + time + rng.normal(0, 1_500, len(who)) - 36_000
    at = np.where(at < 0, at + LENGTH, at) % LENGTH
    fond = np.where(rng.random(accounts) < 0.4, rng.integers(0, BODIES, accounts), -1)[who]
    seen, watched, quick = conduct(made, len(who), HASTY)
    link = np.where(rng.random(len(who)) < 0.3, 1 + rng.integers(0, LINKS, len(who)), 0)
    picks = np.concatenate(
        [
            choose(made, len(part), body=fond[part], blind=0.35 * quick[part])
            for part in np.array_split(np.arange(len(who)), max(len(who) // 50_000, 1))
        ]
    )
    net = networks(made, accounts)[who]
    return Ballots(at, who, picks, net, link, seen, watched, np.zeros(len(who), dtype=np.int64))


def _units(made: World, ballots: int) -> list[Ballots]:
    """Some fifteen posters at the shift's end; a third are declared, three come again two days on."""
    rng = made.rng
    found = []
    for unit in range(15):
        work = int(rng.integers(0, made.works))
        number = int(rng.integers(ballots // 1_500, ballots // 250))
        length = rng.uniform(1_200, 7_200)
        first = rng.uniform(0, LENGTH - length)
        starts = [first]
        if unit < 3:
            starts = [(first + days * 86_400) % (LENGTH - length) for days in (0, 1, 2)]
        for start in starts:
            if unit % 3 == 0:
                made.windows.append((work, start, start + length))
            found.append(_poster(made, work, unit, number, start, length))
    return found


def _poster(made: World, work: int, unit: int, number: int, start: float, length: float) -> Ballots:
    rng = made.rng
    seen, watched, quick = conduct(made, number, rng.uniform(0.2, 0.45))
    body = np.full(number, made.bodies[work])
    slate = rng.random(number) < rng.uniform(0, 0.6)
    taste = (4.0 * slate[:, None] * (made.bodies[None, :] == body[:, None])).astype(np.float32)
    blind = rng.uniform(0.2, 0.6) * quick
    picks = choose(made, number, body=body, blind=blind, must=work, taste=taste)
    net = np.where(rng.random(number) < 0.5, 9_100 + unit, networks(made, number))
    at = start + length * rng.beta(1.2, 2.5, number)
    link = np.where(rng.random(number) < 0.8, 1_000 + unit, 0)
    kind = np.ones(number, dtype=np.int64)
    return Ballots(at, made.new_voters(number), picks, net, link, seen, watched, kind)


def _factory(made: World) -> Ballots:
    """900 workers, three shifts, five days, one address, one link: undeclared."""
    rng = made.rng
    work = int(rng.integers(0, made.works))
    workers = made.new_voters(900)
    parts = []
    for day in range(1, 6):
        come = workers[rng.random(len(workers)) < 0.7]
        shift = np.array([8.0, 16.0, 0.1])[come % 3]
        at = day * 86_400 + shift * 3_600 + rng.gamma(2, 350, len(come)) - 36_000
        seen, watched, quick = conduct(made, len(come), 0.4)
        body = np.full(len(come), made.bodies[work])
        picks = choose(made, len(come), body=body, blind=0.35 * quick, must=work)
        size = len(come)
        parts.append(
            Ballots(
                at, come, picks, np.full(size, FACTORY), np.full(size, 2_000), seen, watched,
                np.full(size, 2),
            )
        )  # fmt: skip
    return joined(parts)


def one_work(ballots: Ballots, rng: np.random.Generator) -> Ballots:
    """The same people where a ballot names one work: who all came for one vote for that one, others
    for any of theirs."""
    number = len(ballots.at)
    named = np.bincount(ballots.picks.ravel())
    if named.max() == number:
        picks = np.full(number, named.argmax())
    else:
        picks = ballots.picks[np.arange(number), rng.integers(0, PICKS, number)]
    return replace(ballots, picks=picks[:, None])


def joined(parts: list[Ballots]) -> Ballots:
    """Several as one."""
    names = ("at", "voter", "picks", "network", "referral", "seen_for", "watched", "kind")
    return Ballots(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
