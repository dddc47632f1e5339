"""Converting stored films, through the sandbox of this process."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from paike.media.actions.conversions import Made
from paike.media.adapters import films
from paike.media.adapters.sandbox.jail import Limits
from paike.media.models import Conversion
from paike.media.rules.report import Outcome, Report
from paike.objects.ports import ObjectStore

# Three passes over 90 seconds of 4K at 60 pictures a second take about twenty minutes of a core.
CONVERSION = Limits(seconds=3600, cpu_seconds=2700, memory_mb=3072, output_mb=1200)


class StillRefused(Exception):
    """What was made does not keep the rules either: a fault of ours, for people to look at."""

    def __init__(self, report: Report) -> None:
        super().__init__(", ".join(one.code for one in report.of(Outcome.REFUSE)))


def convert(
    store: ObjectStore, conversion: Conversion, *, on_progress: Callable[[int], None]
) -> Made:
    """Make and store the converted film and the small copy of how it was. Raises SandboxFault,
    StoreFault, StillRefused."""
    limits = conversion.inspection.limits
    with tempfile.TemporaryDirectory(prefix="paike-conversion-") as folder:
        copy, before = Path(folder) / "copy", Path(folder) / "before"
        outputs = [os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600) for path in (copy, before)]  # fmt: skip
        try:
            with store.materialise(conversion.film.key) as path, path.open("rb") as film:
                facts = films.sandbox().run(
                    "conform",
                    film=film.fileno(),
                    outputs=outputs,
                    arguments={"limits": limits},
                    limits=CONVERSION,
                    on_progress=on_progress,
                )
        finally:
            for output in outputs:
                os.close(output)
        with copy.open("rb") as made:
            report = films.look_at_gate(made, limits=limits)
        if report.outcome is Outcome.REFUSE:
            raise StillRefused(report)
        digest = _digest(copy)
        return Made(
            key=_keep(store, conversion, copy, f"{digest[:16]}.mp4"),
            sha256=digest,
            size=copy.stat().st_size,
            before_key=_keep(store, conversion, before, f"before-{_digest(before)[:16]}.mp4"),
            report=report,
            facts=facts,
        )


def _keep(store: ObjectStore, conversion: Conversion, path: Path, name: str) -> str:
    key = f"conversions/{conversion.film.pk}/{name}"
    store.put_file(key, path)
    return key


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
