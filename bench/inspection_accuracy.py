"""How often each check is right on the test films whose truth is known.

    python -m bench.inspection_accuracy [--half tuning|test] [--write] [--wrong]

Thresholds were chosen on the tuning half; `--write` measures the test half, which is other footage,
other words and other people, and writes `docs/inspection-accuracy.md`. `--wrong` names every film
that a check got wrong.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.corpus import films, making, truth
from tests.corpus.recipe import Recipe

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.adapters.sandbox import measuring
from paike.media.rules import text_likeness
from paike.media.rules.checks import register
from paike.media.rules.measured import Declared, Measured
from paike.media.rules.report import Outcome

PAGE = Path(__file__).parents[1] / "docs" / "inspection-accuracy.md"


@dataclass
class Count:
    """How a check did: rightly warned, wrongly warned, missed, rightly quiet."""

    hits: int = 0
    false: int = 0
    missed: int = 0
    quiet: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, *, warned: bool, fault: bool) -> None:
        self.hits += warned and fault
        self.false += warned and not fault
        self.missed += fault and not warned
        self.quiet += not warned and not fault
        if warned != fault:
            self.wrong.append(f"{name} ({'false' if warned else 'missed'})")


@dataclass
class Words:
    """Characters that should have been read, and how many of them were wrong or missing."""

    wanted: int = 0
    wrong: int = 0
    lines: int = 0
    found: int = 0

    def add(self, wanted: str, texts: list[str]) -> None:
        off = min(
            (text_likeness.distance(wanted, text, anywhere=True) for text in texts), default=99
        )
        self.lines += 1
        if off <= len(wanted) // 2:
            self.found += 1
            self.wanted += len(wanted)
            self.wrong += off


def measure(half: str) -> tuple[dict[str, Count], Words, Words, int]:
    """Counts per check, title words and subtitle words of one half; how many films."""
    counts = {check.name: Count() for check in register.CHECKS}
    titles, subtitles, number = Words(), Words(), 0
    for recipe, measured in measured_films(half):
        number += 1
        said = {v.rule: v.outcome for v in register.judge(measured, FilmChecks())}
        for name, fault in truth.of(recipe).items():
            if name in said:
                counts[name].add(recipe.name, warned=said[name] is Outcome.WARN, fault=fault)
        _count_words(recipe, measured, titles, subtitles)
    return counts, titles, subtitles, number


def measured_films(half: str) -> Iterator[tuple[Recipe, Measured]]:
    """Every film of a half, measured."""
    for recipe in films.ALL:
        if recipe.half == half:
            declared = Declared(*films.TITLES[half])
            with making.film(recipe).open("rb") as film:
                yield recipe, measuring.measure(film, FilmChecks(), declared, progress=_silent)


def _silent(share: float) -> None:
    pass


def _count_words(recipe: Recipe, measured: Measured, titles: Words, subtitles: Words) -> None:
    if measured.words is None:
        return
    opening = [text_likeness.plain(line.text) for line in measured.words.opening]
    if recipe.title and not recipe.black:
        for text in (recipe.title, *recipe.authors, recipe.unit):
            titles.add(text, opening)
    shown = [text_likeness.plain(line.text) for line in measured.words.subtitles]
    if recipe.spoken and recipe.gain > 0.1 and not (recipe.frozen or recipe.black):
        for line in recipe.subtitles:
            subtitles.add(line.text, shown)


def table(counts: dict[str, Count]) -> list[str]:
    """One row per check."""
    rows = [
        "| check | films with the fault | found | films without | false warnings | precision | recall |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, count in counts.items():
        faults, without = count.hits + count.missed, count.false + count.quiet
        if not faults and not without:
            rows.append(f"| [{name}](checks/{name}.md) | – | – | – | – | – | – |")
            continue
        rows.append(
            f"| [{name}](checks/{name}.md) | {faults} | {count.hits} | {without} | {count.false} "
            f"| {_share(count.hits, count.hits + count.false)} | {_share(count.hits, faults)} |"
        )
    return rows


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"


def page() -> str:
    """The whole page."""
    counts, titles, subtitles, number = measure("test")
    return "\n".join([
        "# How often the checks are right", "",
        "Made by `python -m bench.inspection_accuracy --write` from the test films of",
        "`tests/corpus`; a test compares golden values. Thresholds were chosen on the tuning half",
        "(`bunny`, `bikes`), the figures below are of the test half: other footage (`city`, `phone`),",
        "other words, other names.", "",
        f"{number} films of 16 s, 720 x 576, x264 `ultrafast` or `veryfast`, a few HEVC; every fault alone, on real",
        "footage, with synthetic speech and music. That is few films of little footage: a 1.00 here",
        "means “no error on these”, not “never wrong”. Where a check can't be told from a film (the",
        "footage's own camera moves, say, or that `phone` is enlarged from 176 x 144 and therefore soft),",
        "the film is left out of its row.", "",
        *table(counts), "",
        "## Words", "",
        "| words | to be found | found | wrong or missing characters in those found |",
        "|---|---|---|---|",
        f"| titles, authors, units | {titles.lines} | {titles.found} | {titles.wrong} of {titles.wanted} |",
        f"| subtitles | {subtitles.lines} | {subtitles.found} | {subtitles.wrong} of {subtitles.wanted} |",
        "",
        "## What these films do not show", "",
        "- Real Mandarin voices, singing, dialects: no package ships any. Speech is espeak-ng's.",
        "- Hand-held phones of today: shaking is band-limited noise (0.8 to 6 Hz, 6 to 9 pixels) on",
        "  moving and still footage.",
        "- Calligraphy and vertical words; titles are Noto Sans.",
        "- Music louder than a bed under speech: it counts as noise, on the tuning films too.",
        "",
    ])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--half", choices=("tuning", "test"), default="tuning")
    parser.add_argument("--write", action="store_true", help="write docs/inspection-accuracy.md")
    parser.add_argument(
        "--wrong", action="store_true", help="name the films that were judged wrong"
    )
    arguments = parser.parse_args()
    if arguments.write:
        PAGE.write_text(page(), encoding="utf-8")
        return
    counts, titles, subtitles, _ = measure(arguments.half)
    print("\n".join(table(counts)))
    print(titles, subtitles, sep="\n")
    if arguments.wrong:
        for name, count in counts.items():
            print(name, *count.wrong)


if __name__ == "__main__":
    main()
