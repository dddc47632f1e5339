"""What the jailed child can be asked to do. Loaded once, before any film is seen: inside the jail
no module can be imported any more."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

import av
import av.logging

from paike.campaigns.rules.rulebook import FilmRules
from paike.media.adapters.sandbox import (
    conforming,
    decoding,
    examining,
    memory,
    models,
    one_processor,
    rendering,
    signing,
)
from paike.media.rules import gate, text_likeness, texts
from paike.media.rules.boxes import FileReader
from paike.media.rules.checks import check, register
from paike.media.rules.report import Outcome

Job = Callable[[IO[bytes], Sequence[int], Mapping[str, Any], Callable[[int], None]], dict[str, Any]]

for _module in pkgutil.walk_packages(av.__path__, "av."):  # PyAV loads its parts when first used
    if not _module.name.endswith(("__main__", ".datasets")):
        importlib.import_module(_module.name)
av.logging.set_level(av.logging.PANIC)
for _name in (
    "numpy.fft",
    "numpy.linalg",
    "numpy.ma",
    "numpy.lib.stride_tricks",
):  # and so does numpy
    importlib.import_module(_name)
one_processor.tell_ffmpeg()
memory.keep()
texts.book()  # read before the jail closes
text_likeness.simplified()
models.load()
for _check in register.CHECKS:
    check.words(_check.name)


def inspect(
    film: IO[bytes],
    outputs: Sequence[int],
    arguments: Mapping[str, Any],
    progress: Callable[[int], None],
) -> dict[str, Any]:
    """The report as JSON. A film whose boxes are refused is not decoded."""
    limits = FilmRules.model_validate(arguments["limits"])
    report = gate.judge(FileReader(film), limits)
    if report.outcome is Outcome.REFUSE:
        return report.to_json()
    verdict = decoding.try_playing(film, report.facts)
    return type(report)((*report.verdicts, verdict), report.facts).to_json()


def render(
    film: IO[bytes],
    outputs: Sequence[int],
    arguments: Mapping[str, Any],
    progress: Callable[[int], None],
) -> dict[str, Any]:
    """Both films and the poster, written to the three outputs; returns their sizes in pixels."""
    return rendering.render(film, outputs, preset=arguments["preset"], progress=progress)


JOBS: Mapping[str, Job] = {
    "inspect": inspect,
    "examine": examining.examine,
    "render": render,
    "sign": signing.sign,
    "conform": conforming.conform,
}
