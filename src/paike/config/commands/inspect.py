"""`paike inspect FILE`: the gate and the full inspection of one film, without a database."""

import json
import tempfile
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from rich.console import Console
from rich.progress import Progress

from paike.campaigns.rules import reading
from paike.campaigns.rules.rulebook import Rulebook
from paike.config.refusal import Refusal
from paike.kernel.text import Text
from paike.media.adapters import films
from paike.media.adapters.sandbox import client
from paike.media.rules import report as reports
from paike.media.rules import stretches, texts
from paike.media.rules.checks.likeness import judging as likeness
from paike.media.rules.measured import Stretch
from paike.media.rules.report import Outcome, Report, Verdict
from paike.media.rules.resemblance import kinds

ROOT = Path(__file__).parents[2]
SHELVES = (ROOT / "campaigns" / "built_in", ROOT.parents[1] / "campaigns")
MARKS = {Outcome.PASS: "✓", Outcome.WARN: "!", Outcome.REFUSE: "✗"}


def run(arguments: Namespace) -> int:
    """Print the report. 1 when the film is refused."""
    limits = _rulebook(arguments.rulebook).film.model_dump(mode="json")
    declared = {
        "title": arguments.title,
        "authors": arguments.author,
        "unit": arguments.unit,
    }
    try:
        report = _inspected(arguments, limits, declared)
    except OSError as fault:
        raise Refusal(
            Text(
                f"打不开 {arguments.file}：{fault.strerror}。请检查路径。",
                f"Can't open {arguments.file}: {fault.strerror}. Check the path.",
            )
        ) from fault
    except client.SandboxFault as fault:
        raise Refusal(
            Text(f"检测没有完成：{fault}", f"The inspection did not finish: {fault}")
        ) from fault
    finally:
        films.sandbox().close()
    if arguments.json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(report)))
    return 1 if report.outcome is Outcome.REFUSE else 0


def _inspected(arguments: Namespace, limits: dict[str, Any], declared: dict[str, Any]) -> Report:
    path: Path = arguments.file
    with path.open("rb") as film:
        try:
            gate = films.look_at_gate(film, limits=limits)
        except client.TooHeavy:
            return Report((texts.verdict("decode.too-heavy"),))
        if gate.outcome is Outcome.REFUSE:
            return gate
        with (
            tempfile.TemporaryFile() as pictures,
            Progress(console=Console(stderr=True), transient=True) as bar,
        ):
            task = bar.add_task("检测全片 / full inspection", total=100)
            answer = films.look_through(
                film,
                pictures,
                limits=limits,
                gate=gate,
                declared=declared,
                on_progress=lambda percent: bar.update(task, completed=percent),
            )
            kept = _save(films.pictures_in(pictures, answer), arguments.pictures)
        verdict = _beside(film, arguments.beside) if limits["checks"]["likeness"]["on"] else None
    report = reports.together(gate, answer, kept)
    return replace(report, verdicts=(*report.verdicts, verdict)) if verdict else report


def _beside(film: IO[bytes], earlier: Sequence[Path]) -> Verdict | None:
    """The verdict on likeness to the earlier films; None where none are given."""
    if not earlier:
        return None
    own = films.signature_of(film)
    found = []
    for path in earlier:
        with path.open("rb") as other:
            resemblance = kinds.between(own, films.signature_of(other))
        if resemblance is not None:
            found.append(likeness.resembling(resemblance))
    return likeness.compare(tuple(found))


def _save(pictures: dict[int, bytes], folder: Path | None) -> dict[int, str]:
    if folder is None:
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    kept = {}
    for at, content in pictures.items():
        path = folder / f"{at:07}.jpg"
        path.write_bytes(content)
        kept[at] = str(path)
    return kept


def _rulebook(name: str) -> Rulebook:
    """A rulebook by its name among the built-in ones, or by its file."""
    candidates = [Path(name), *(shelf / f"{name}.toml" for shelf in SHELVES)]
    found = next((path for path in candidates if path.is_file()), None)
    if found is None:
        raise Refusal(
            Text(
                f"没有叫“{name}”的规则书。请写规则书文件的路径，或 campaigns 里的名字。",
                f"There is no rulebook “{name}”. Give the path of one, or a name in campaigns.",
            )
        )
    return reading.read(reading.decoded(found.read_bytes()))


def _lines(report: Report) -> list[str]:
    lines = []
    for verdict in report.verdicts:
        lines.append(
            f"{MARKS[verdict.outcome]} {verdict.name.zh} / {verdict.name.en}: "
            f"{_both(verdict.measured)}  [{_both(verdict.limit)}]{_times(verdict)}"
        )
        if verdict.advice.zh:
            lines += [f"    {verdict.advice.zh}", f"    {verdict.advice.en}"]
        lines += [f"    {sight.picture}" for sight in verdict.sights if sight.picture]
    return lines


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"


def _times(verdict: Verdict) -> str:
    spans = [Stretch(one.start / 1000, one.end / 1000) for one in verdict.spans]
    return f"  {stretches.listed(spans, most=5)}" if spans else ""
