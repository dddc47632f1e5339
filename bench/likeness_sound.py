"""How surely a copied sound is found under other pictures: recall and false hits per kind of change, and
the index of sounds among 100,000 films. Part of `bench.likeness`; alone:

    python -m bench.likeness_sound [--json] [--synthetic 100000] [--films 8]
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy
from tests.corpus import montages, talks
from tests.corpus.sounding import Samples

from bench.likeness import strangers
from paike.media.adapters.sandbox import signing
from paike.media.rules.resemblance import kinds
from paike.media.rules.resemblance.index import NEAR_IN_SOUND, Index
from paike.media.rules.resemblance.picture_hash import Hashes
from paike.media.rules.resemblance.signature import Signature

SECONDS = 40
UNDER = ("", "room", "music")


def take(sound: Samples, folder: Path, *, bit_rate: int) -> Signature:
    """The signature of a film with this sound and a black picture, which says nothing."""
    black = [numpy.zeros((90, 160, 3), numpy.uint8)] * 2
    path = montages.written(black, folder / "film.mp4", sound=sound, bit_rate=bit_rate)
    with path.open("rb") as film:
        answer = signing.sign(film, [], {}, lambda percent: None)
    return Signature.from_bytes(bytes.fromhex(answer["signature"]))


def found(one: Signature, other: Signature) -> bool:
    return kinds.between(one, other) is not None


def recall(films: int) -> tuple[dict[str, Any], list[Signature], list[Signature]]:
    """Found copies of each change; false hits among all pairs of films that are not each other's."""
    rows: dict[str, Any] = {}
    copies: list[Signature] = []
    told = [
        talks.talk(seed, SECONDS, under=UNDER[seed % len(UNDER)]) for seed in range(1, films + 2)
    ]
    with tempfile.TemporaryDirectory(prefix="paike-likeness-") as name:
        folder = Path(name)
        originals = [take(sound, folder, bit_rate=128_000) for sound in told]
        for change, made_by in talks.CHANGES.items():
            made = [
                take(made_by(told[n], told[films]), folder, bit_rate=32_000) for n in range(films)
            ]
            copies += made
            rows[change] = {
                "paike": sum(found(made[n], originals[n]) for n in range(films)),
                "of": films,
            }
    pairs = strangers(films, originals, copies)
    rows["false hits"] = {"paike": sum(found(*pair) for pair in pairs), "of": len(pairs)}
    return rows, originals, copies


def queries(count: int, originals: list[Signature], copies: list[Signature]) -> dict[str, Any]:
    """The index of sounds with real ones among made-up ones whose bits are as uneven as theirs."""
    chance = numpy.random.default_rng(9)
    real = numpy.concatenate([one.sounds for one in originals])
    index = Index(near=NEAR_IN_SOUND)
    index.add((1000 + n, _made_up(chance, real)) for n in range(count))
    index.add((place, one.sound_seeds) for place, one in enumerate(originals))
    spent, held, many = [], 0, 0
    for place, copy in enumerate(copies):
        start = time.process_time()
        candidates = index.candidates(copy.heard, mirrored=False)
        spent.append(time.process_time() - start)
        held += place % (len(originals) - 1) in candidates.films
        many += len(candidates.films)
    return {
        "films": count + len(originals),
        "query_median_s": round(statistics.median(spent), 3),
        "query_worst_s": round(max(spent), 3),
        "candidates_hold_the_original": held,
        "of": len(copies),
        "candidates_a_query": round(many / len(copies), 1),
        "index_mb": round(index.bytes / 1e6),
    }


def _made_up(chance: numpy.random.Generator, real: Hashes) -> Hashes:
    """Sounds of a film of 60 to 90 s: a quarter of the bits of each is that of some real sound."""
    length = int(chance.integers(30, 46))
    quarter = numpy.uint64(0xFFFF) << (
        numpy.uint64(16) * chance.integers(0, 4, length).astype(numpy.uint64)
    )
    drawn = chance.integers(0, 1 << 64, length, dtype=numpy.uint64)
    made: Hashes = (drawn & ~quarter) | (chance.choice(real, length) & quarter)
    return made


def measured(films: int, synthetic: int) -> dict[str, Any]:
    rows, originals, copies = recall(films)
    return {
        "recall": rows,
        "index": queries(synthetic, originals, copies),
        "signature_bytes": len(originals[0].to_bytes()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--synthetic", type=int, default=100_000)
    parser.add_argument("--films", type=int, default=8)
    arguments = parser.parse_args()
    result = measured(arguments.films, arguments.synthetic)
    print(json.dumps(result, ensure_ascii=False, indent=None if arguments.json else 2))


if __name__ == "__main__":
    main()
