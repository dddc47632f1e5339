"""How surely and how fast a film is found again among 100,000: recall and false hits per kind of
change, the time of a query on one core and the memory of the index.

    python -m bench.likeness [--json] [--synthetic 100000] [--films 4] [--seed 1]

Beside it, on the same films: vPDQ-style matching (`pdqhash`, a hash a second, 31 of 256 bits, the
share of matching pictures) where that package is installed, and one hash for the whole film in the
style of videohash2 (64 bits of a collage of a picture a second; that package does not import here, so
the collage is made as it describes). `tools/setup-more-footage.sh` fetches four more clips.
"""

import argparse
import importlib.util
import itertools
import json
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import av
import numpy
from numpy.typing import NDArray
from tests.corpus import footage, montages

from paike.media.adapters.sandbox import signing
from paike.media.rules.resemblance import alignment, kinds
from paike.media.rules.resemblance.index import Index
from paike.media.rules.resemblance.signature import Signature

Film = TypeVar("Film")

SECONDS = 40
PDQ_NEAR, PDQ_QUALITY = 31, 50
PDQ_SHARE = 0.3  # of the pictures of either film, low enough for an excerpt of 20 s
COLLAGE_NEAR = 8
Pictures = list[NDArray[numpy.uint8]]


@dataclass(frozen=True, eq=False)
class Taken:
    """A film as each of the three sees it."""

    ours: Signature
    pdq: NDArray[numpy.uint8] | None  # a row of 256 bits a second
    collage: NDArray[numpy.bool_]


def take(images: Sequence[montages.Image], folder: Path, *, crf: int) -> Taken:
    """Write the film and look at what came out."""
    path = montages.written(images, folder / "film.mp4", crf=crf)
    with path.open("rb") as film:
        answer = signing.sign(film, [], {}, lambda percent: None)
    seconds = _a_picture_a_second(path)
    ours = Signature.from_bytes(bytes.fromhex(answer["signature"]))
    return Taken(ours, _pdq(seconds), _collage(seconds))


def _a_picture_a_second(path: Path) -> Pictures:
    found: Pictures = []
    with av.open(str(path)) as source:
        for frame in source.decode(video=0):
            if float(frame.time or 0) >= len(found):
                found.append(frame.reformat(240, 136, "rgb24").to_ndarray().astype(numpy.uint8))
    return found


def _pdq(pictures: Pictures) -> NDArray[numpy.uint8] | None:
    if importlib.util.find_spec("pdqhash") is None:
        return None
    pdqhash = importlib.import_module("pdqhash")
    rows = [pdqhash.compute(picture) for picture in pictures]
    kept = [bits for bits, quality in rows if quality >= PDQ_QUALITY]
    return numpy.array(kept, numpy.uint8).reshape(-1, 256)


def _collage(pictures: Pictures) -> NDArray[numpy.bool_]:
    across = int(numpy.ceil(numpy.sqrt(len(pictures))))
    tiles = [picture.mean(axis=2)[::4, ::4] for picture in pictures]
    blank = numpy.zeros_like(tiles[0])
    tiles += [blank] * (across * across - len(tiles))
    rows = [numpy.hstack(tiles[place : place + across]) for place in range(0, len(tiles), across)]
    whole = numpy.vstack(rows)
    cells = [numpy.array_split(part, 8, axis=1) for part in numpy.array_split(whole, 8, axis=0)]
    means = numpy.array([[cell.mean() for cell in row] for row in cells])
    return means.ravel() > float(numpy.median(means))


def ours(one: Taken, other: Taken) -> bool:
    shared = alignment.shared(one.ours, other.ours)
    return kinds.of(shared, one.ours.seconds, other.ours.seconds) is not None


def pdq(one: Taken, other: Taken) -> bool:
    if one.pdq is None or other.pdq is None or not len(one.pdq) or not len(other.pdq):
        return False
    bits = (one.pdq[:, None, :] != other.pdq[None, :, :]).sum(axis=2) <= PDQ_NEAR
    return bool(max(bits.any(axis=1).mean(), bits.any(axis=0).mean()) >= PDQ_SHARE)


def collage(one: Taken, other: Taken) -> bool:
    return int((one.collage != other.collage).sum()) <= COLLAGE_NEAR


MATCHERS = {"paike": ours, "pdq": pdq, "collage": collage}


def recall(films: int, first: int) -> tuple[dict[str, Any], list[Taken], list[Taken]]:
    """Found copies of each kind, and false hits among all pairs of films that are not each other's.
    The films are those of the seeds from `first` on."""
    rows: dict[str, Any] = {}
    copies: list[Taken] = []
    with tempfile.TemporaryDirectory(prefix="paike-likeness-") as name:
        folder = Path(name)
        clips = (*montages.CLIPS, *footage.more())
        shots = [
            montages.shots(seed, SECONDS, clips=clips) for seed in range(first, first + films + 1)
        ]
        originals = [take(images, folder, crf=23) for images in shots]
        for change, made_by in montages.CHANGES.items():
            made = [take(made_by(shots[n], shots[films]), folder, crf=32) for n in range(films)]
            copies += made
            rows[change] = {
                name: sum(match(made[n], originals[n]) for n in range(films))
                for name, match in MATCHERS.items()
            } | {"of": films}
    rows["false hits"] = _false_hits(films, originals, copies)
    return rows, originals, copies


def strangers(
    films: int, originals: Sequence[Film], copies: Sequence[Film]
) -> list[tuple[Film, Film]]:
    """Copies beside the originals of other films, and originals beside each other; the last film is
    in some copies and left out."""
    pairs = [
        (copy, originals[other])
        for place, copy in enumerate(copies)
        for other in range(films)
        if other != place % films
    ]
    return pairs + list(itertools.combinations(originals, 2))


def _false_hits(films: int, originals: list[Taken], copies: list[Taken]) -> dict[str, int]:
    pairs = strangers(films, originals, copies)
    found = {name: sum(match(*pair) for pair in pairs) for name, match in MATCHERS.items()}
    return found | {"of": len(pairs)}


def synthetic(count: int, real: Signature) -> list[NDArray[numpy.uint64]]:
    """Seeds of made-up films of 60 to 90 s, in shots. Their bits are as unevenly spread as those of
    real pictures: the first waves of a third of all shots are near those of a real one."""
    chance = numpy.random.default_rng(7)
    films = []
    for _ in range(count):
        shots = chance.integers(0, 1 << 63, 22, dtype=numpy.uint64)
        near = chance.random(22) < 0.33
        low = numpy.uint64(0xFFFF)
        shots[near] = (shots[near] & ~low) | (chance.choice(real.hashes, int(near.sum())) & low)
        length = int(chance.integers(60, 91))
        seeds = numpy.repeat(shots, 5)[:length]
        flips = numpy.uint64(1) << chance.integers(0, 63, (2, length), dtype=numpy.uint64)
        films.append(seeds ^ flips[0] ^ flips[1])
    return films


def queries(count: int, originals: list[Taken], copies: list[Taken]) -> dict[str, Any]:
    """Time and memory of the index with real films among the made-up ones, on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    index = Index()
    start = time.process_time()
    index.add(enumerate(synthetic(count, originals[0].ours), start=1000))
    index.add((place, one.ours.seeds) for place, one in enumerate(originals))
    built = time.process_time() - start
    wall, processor, found = [], [], 0
    for place, copy in enumerate(copies):
        clocks = time.perf_counter(), time.process_time()
        candidates = index.candidates(copy.ours)
        for number in candidates.films:
            if number < len(originals):
                alignment.shared(copy.ours, originals[number].ours, common=candidates.common)
            else:  # a made-up film, of which only the seeds exist: the comparison costs the same
                alignment.shared(copy.ours, originals[0].ours, common=candidates.common)
        wall.append(time.perf_counter() - clocks[0])
        processor.append(time.process_time() - clocks[1])
        found += place % (len(originals) - 1) in candidates.films
    return {
        "films": count + len(originals),
        "query_median_s": round(statistics.median(processor), 3),
        "query_worst_s": round(max(processor), 3),
        "query_worst_wall_s": round(max(wall), 3),
        "candidates_hold_the_original": found,
        "of": len(copies),
        "index_mb": round(index.bytes / 1e6),
        "built_s": round(built, 1),
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--synthetic", type=int, default=100_000)
    parser.add_argument("--films", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rows, originals, copies = recall(arguments.films, arguments.seed)
    result = {
        "pdq": "measured" if originals[0].pdq is not None else "not installed",
        "first_seed": arguments.seed,
        "clips": len((*montages.CLIPS, *footage.more())),
        "recall": rows,
        "index": queries(arguments.synthetic, originals, copies),
        "signature_bytes": len(originals[0].ours.to_bytes()),
    }
    print(json.dumps(result, ensure_ascii=False, indent=None if arguments.json else 2))


if __name__ == "__main__":
    main()
