"""Where two films show or play the same: stretches in which the pictures, or the sound, of one follow
those of the other at a steady speed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from paike.media.rules.resemblance import picture_hash
from paike.media.rules.resemblance.signature import Signature

NEAR = 14  # bits of 63; pictures that have nothing to do with each other differ by 31, rarely by 18
NEAR_IN_SOUND = 18  # bits of 64; sounds that have nothing to do with each other: 1 in 170 by chance
SPEEDS = numpy.arange(0.80, 1.2501, 0.01)
BIN = 0.5  # seconds: how exactly two times must fit
OFF_LINE = 0.4  # seconds
BRIDGE = 2.5  # seconds without a match within one stretch: a title laid over it, a picture changed
FLAT_BRIDGE = 8.0  # seconds within one stretch in which both films are flat: black, white, fog
LEAST = 3.0  # seconds of a stretch that counts
DENSE = 0.5  # of the pictures in a stretch that must match
MOVED = 6  # bits: more than the noise between two pictures of one still scene
KINDS_OF_PICTURE = 3  # a stretch shows at least so many; one still picture matches anywhere
MOST = 6  # stretches


@dataclass(frozen=True)
class Shared:
    """The film from `start` to `end` shows what the other shows from `other_start` to `other_end`
    (seconds). `speed`: seconds of the other that pass in one of this film. `share`: of the pictures
    in it that match."""

    start: float
    end: float
    other_start: float
    other_end: float
    speed: float
    mirrored: bool
    share: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


def shared(
    film: Signature, other: Signature, *, common: NDArray[numpy.bool_] | None = None
) -> tuple[Shared, ...]:
    """The stretches that both films show, the longest first. `common`: which pictures of `film`
    are in many films (leaders, title cards, logos) and say nothing."""
    if not len(film.hashes) or not len(other.hashes):
        return ()
    straight = picture_hash.distances(film.hashes, other.hashes) <= NEAR
    turned = picture_hash.distances(picture_hash.mirrored(film.hashes), other.hashes) <= NEAR
    return _shared(film, other, ((False, straight), (True, turned)), common)


def heard(
    film: Signature, other: Signature, *, common: NDArray[numpy.bool_] | None = None
) -> tuple[Shared, ...]:
    """The stretches whose sound both films have, as above."""
    ours, theirs = film.heard, other.heard
    if not len(ours.hashes) or not len(theirs.hashes):
        return ()
    near = picture_hash.distances(ours.hashes, theirs.hashes) <= NEAR_IN_SOUND
    return _shared(ours, theirs, ((False, near),), common)


def _shared(
    film: Signature,
    other: Signature,
    ways: Iterable[tuple[bool, NDArray[numpy.bool_]]],
    common: NDArray[numpy.bool_] | None,
) -> tuple[Shared, ...]:
    """`ways`: whether the film is seen in a mirror, and which pictures of both are then near."""
    found: list[Shared] = []
    usable = numpy.ones(len(film.hashes), bool) if common is None else ~common
    for mirror, near in ways:
        left = numpy.logical_and(near, usable[:, None])
        for _ in range(MOST):
            line = _best_line(film, other, left)
            if line is None:
                break
            speed, offset = line
            met = _met(film, other, left, speed, offset)
            parts = list(_stretches(film, other, met, speed, offset, mirror))
            found += parts
            left[met] = False
            if not parts:
                break
    return _apart(found)


def _best_line(
    film: Signature, other: Signature, near: NDArray[numpy.bool_]
) -> tuple[float, float] | None:
    """The speed and offset that bring the most pictures of the film to their likes."""
    ours, theirs = numpy.nonzero(near)
    if len(ours) < LEAST:
        return None
    # A picture that resembles many of the other film (a still scene) has one vote to share.
    weight = 1.0 / near.sum(axis=1)[ours]
    best, line = 0.0, None
    low = -float(film.at.max()) * SPEEDS[-1] - BIN
    for speed in SPEEDS:
        offsets = other.at[theirs] - speed * film.at[ours]
        places = ((offsets - low) / BIN).astype(numpy.int64)
        votes = numpy.bincount(places, weight)
        votes[:-1] += votes[1:]  # what falls on the border of two bins counts whole
        place = int(votes.argmax())
        # Where several speeds explain the same pictures, the usual one does.
        worth = float(votes[place]) * (1.0 - 0.2 * abs(speed - 1.0))
        if worth > best + 1e-9:
            chosen = numpy.abs(places - place - 0.5) <= 1
            best, line = worth, (float(speed), float(numpy.median(offsets[chosen])))
    return line


def _met(
    film: Signature, other: Signature, near: NDArray[numpy.bool_], speed: float, offset: float
) -> NDArray[numpy.bool_]:
    """Which pictures of the film have their like at the place where the line puts it."""
    wanted = speed * film.at + offset
    fits = numpy.abs(other.at[None, :] - wanted[:, None]) <= OFF_LINE
    found: NDArray[numpy.bool_] = numpy.asarray((near & fits).any(axis=1))
    return found


def _stretches(
    film: Signature,
    other: Signature,
    met: NDArray[numpy.bool_],
    speed: float,
    offset: float,
    mirror: bool,
) -> Iterator[Shared]:
    places = numpy.nonzero(met)[0]
    if not len(places):
        return
    wide = numpy.nonzero(numpy.diff(film.at[places]) > BRIDGE)[0]
    breaks = [
        place + 1
        for place in wide
        if not _both_flat(film, other, places[place : place + 2], speed, offset)
    ]
    for run in numpy.split(places, breaks):
        start, end = float(film.at[run[0]]), float(film.at[run[-1]])
        share = len(run) / (run[-1] - run[0] + 1)
        if end - start < LEAST or share < DENSE or not _varied(film, run):
            continue
        yield Shared(
            start=start,
            end=end,
            other_start=max(0.0, speed * start + offset),
            other_end=min(other.seconds, speed * end + offset),
            speed=round(speed, 2),
            mirrored=mirror,
            share=round(float(share), 3),
        )


def _both_flat(
    film: Signature, other: Signature, edges: NDArray[numpy.int64], speed: float, offset: float
) -> bool:
    """Whether neither film has pictures that say anything between two of this one that match: as far
    as anybody can see, they go on being the same. A picture on the way into black may be left."""
    start, end = film.at[edges]
    if end - start > FLAT_BRIDGE or edges[1] - edges[0] > 2:
        return False
    since, until = speed * start + offset + OFF_LINE, speed * end + offset - OFF_LINE
    return int(((other.at > since) & (other.at < until)).sum()) <= 1


def _varied(film: Signature, run: NDArray[numpy.int64]) -> bool:
    """Whether the stretch shows more than one still picture."""
    seen: list[numpy.uint64] = []
    for number in film.hashes[run]:
        if all(int(numpy.bitwise_count(number ^ one)) > MOVED for one in seen):
            seen.append(number)
            if len(seen) >= KINDS_OF_PICTURE:
                return True
    return False


def _apart(found: list[Shared]) -> tuple[Shared, ...]:
    """The stretches without those that lie within a longer one."""
    kept: list[Shared] = []
    for one in sorted(found, key=lambda part: -part.seconds * part.share):
        overlaps = (
            min(one.end, longer.end) - max(one.start, longer.start) > 0.5 * one.seconds
            for longer in kept
        )
        if not any(overlaps):
            kept.append(one)
    return tuple(kept)
