"""What the full inspection costs: processor seconds of gate and full inspection of a film over those
of a bare decode of the same film, on the same core, in turn, medians over films of 60 to 90 s.

    python -m bench.inspect [--json] [--rounds 5] [--ffmpeg PROGRAM] [--core 0]

The yardstick is `ffmpeg -threads 1 -i FILM -f null -`; where there is no ffmpeg, PyAV decoding every
picture and all sound in a process that is already running (which is the harder yardstick: it starts
nothing). The inspection is forked from a process with everything loaded, as the sandbox's server
does; loading is told apart (`start_s`). Films are made once and kept.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
from tests.corpus import films as corpus
from tests.corpus import making
from tests.corpus.recipe import Line, Recipe
from tests.fixtures.films import make

from paike.campaigns.rules.rulebook import FilmRules

Job = Callable[..., dict[str, Any]]
LIMITS = FilmRules.model_validate(make.CALLS["notice"]).model_dump(mode="json")
MEMORY_MB = 1024


def recipes() -> list[Recipe]:
    """Films as people send them: narrated throughout, now and then, without subtitles, with music
    only; from 1 to 4.2 Mbit/s."""
    return [
        _long("b60", "bunny", 60, "1200k", every=6),
        _long("n60", "bunny", 60, "1200k", every=4),
        _long("c60", "city", 60, "2500k", every=6),
        _long("k90", "bikes", 90, "4200k", every=8),
        replace(_long("u60", "city", 60, "1800k", every=6), subtitles=()),
        replace(_long("m60", "bikes", 60, "3000k", every=6), subtitles=(), spoken=()),
    ]


def _long(name: str, footage: str, seconds: int, rate: str, *, every: int) -> Recipe:
    plain = corpus.good("tuning", footage, name)
    spoken: list[tuple[float, str]] = []
    lines: list[Line] = []
    for number, start in enumerate(range(4, seconds - 4, every)):
        text = plain.spoken[number % len(plain.spoken)][1]
        spoken.append((float(start), text))
        lines.append(Line(start - 0.1, start + 3.0, text))
    return replace(
        plain, name=name, seconds=float(seconds), spoken=tuple(spoken), subtitles=tuple(lines),
        encoder=(("preset", "veryfast"), ("bf", "3"), ("b", rate), ("maxrate", rate),
                 ("bufsize", rate)),
    )  # fmt: skip


def measure(rounds: int, program: str | None, core: int) -> dict[str, Any]:
    """Medians of the ratio and of the seconds of both sides."""
    # Made by others, so that this process stays small: its children are measured.
    subprocess.run([sys.executable, "-m", "bench.inspect", "--make"], check=True)
    os.sched_setaffinity(0, {core})
    before = _spent(resource.RUSAGE_SELF)
    from paike.media.adapters.sandbox import jobs

    start_s = _spent(resource.RUSAGE_SELF) - before
    lines: list[dict[str, Any]] = []
    for recipe in recipes():
        path = making.film(recipe)
        runs = []
        for _ in range(rounds):
            bare = _bare(path, program)
            whole, peak = _inspection(jobs.JOBS, path)
            runs.append((whole / bare, whole, bare, peak))
        middle = [statistics.median(run[n] for run in runs) for n in range(4)]
        lines.append(
            {
                "film": recipe.name,
                "seconds": recipe.seconds,
                "kbit_s": round(path.stat().st_size * 8 / recipe.seconds / 1000),
                "ratio": round(middle[0], 3),
                "inspect_s": round(middle[1], 3),
                "decode_s": round(middle[2], 3),
                "peak_mb": round(middle[3]),
            }
        )
    return {
        "ratio": round(statistics.median(line["ratio"] for line in lines), 3),
        "peak_mb": max(line["peak_mb"] for line in lines),
        "start_s": round(start_s, 3),
        "yardstick": Path(program).name if program else "PyAV",
        "rounds": rounds,
        "load": round(os.getloadavg()[0], 1),
        "films": lines,
    }


def _spent(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _bare(path: Path, program: str | None) -> float:
    if program is None:
        return _forked(lambda: _decode(path))[0]
    before = _spent(resource.RUSAGE_CHILDREN)
    command = [program, "-v", "error", "-threads", "1", "-i", str(path), "-f", "null", "-"]
    subprocess.run(command, check=True)
    return _spent(resource.RUSAGE_CHILDREN) - before


def _decode(path: Path) -> None:
    with av.open(str(path)) as film:
        for stream in film.streams:
            stream.codec_context.thread_count = 1
        for packet in film.demux():
            packet.decode()


def _inspection(jobs: Mapping[str, Job], path: Path) -> tuple[float, float]:
    def work() -> None:
        arguments = {"limits": LIMITS, "rotation": 0}
        with path.open("rb") as film, tempfile.TemporaryFile() as pictures:
            jobs["inspect"](film, [], arguments, lambda percent: None)
            jobs["examine"](film, [pictures.fileno()], arguments, lambda percent: None)

    return _forked(work)


def _forked(work: Callable[[], None]) -> tuple[float, float]:
    """Processor seconds and the highest memory in MB of the work in a child."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException as fault:  # noqa: BLE001 - told to whoever reads the terminal
            print(f"{type(fault).__name__}: {fault}", file=sys.stderr)
            os._exit(1)
    _, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError("the inspection failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / MEMORY_MB


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ffmpeg", default=shutil.which("ffmpeg"))
    parser.add_argument("--core", type=int, default=0)
    parser.add_argument("--make", action="store_true", help="only make the films")
    arguments = parser.parse_args()
    if arguments.make:
        for recipe in recipes():
            making.film(recipe)
        return
    figures = measure(arguments.rounds, arguments.ffmpeg, arguments.core)
    if arguments.json:
        print(json.dumps(figures))
        return
    for line in figures.pop("films"):
        print("  ".join(f"{name} {value}" for name, value in line.items()))
    for name, value in figures.items():
        print(f"{name:10} {value}")


if __name__ == "__main__":
    main()
