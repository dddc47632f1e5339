"""Inspecting and rendering stored films, through the sandbox of this process."""

import functools
import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from paike.media.actions.renditions import Made
from paike.media.adapters.sandbox.client import Sandbox
from paike.media.adapters.sandbox.jail import Limits
from paike.media.models import RenditionKind
from paike.media.rules.report import Report
from paike.objects.ports import ObjectStore

# Far above what a film of 50 MB needs, far below what would hurt the machine.
INSPECTION = Limits(seconds=60, cpu_seconds=40, memory_mb=2048, output_mb=1)
RENDERING = Limits(seconds=1200, cpu_seconds=900, memory_mb=3072, output_mb=400)
SUFFIX = {
    RenditionKind.FILM_576.value: "mp4",
    RenditionKind.FILM_360.value: "mp4",
    RenditionKind.POSTER.value: "jpg",
}


@functools.cache
def sandbox() -> Sandbox:
    """The one of this process."""
    return Sandbox(allow_unfiltered=settings.SANDBOX == "unfiltered")


def inspect(store: ObjectStore, key: str, *, limits: Mapping[str, Any]) -> Report:
    """The report on a stored film. Raises SandboxFault, StoreFault."""
    with store.materialise(key) as path, path.open("rb") as film:
        answer = sandbox().run(
            "inspect", film=film.fileno(), arguments={"limits": dict(limits)}, limits=INSPECTION
        )
    return Report.from_json(answer)


def render(
    store: ObjectStore, key: str, *, film_id: UUID, on_progress: Callable[[int], None]
) -> dict[str, Made]:
    """Make and store all renditions of a stored film. Raises SandboxFault, StoreFault."""
    with tempfile.TemporaryDirectory(prefix="paike-renditions-") as folder:
        paths = {kind: Path(folder) / kind for kind in RenditionKind.values}
        with store.materialise(key) as path, path.open("rb") as film:
            sizes = _render_to(paths, film.fileno(), on_progress)
        return {kind: _store(store, film_id, kind, paths[kind], sizes[kind]) for kind in paths}


def _render_to(
    paths: Mapping[str, Path], film: int, on_progress: Callable[[int], None]
) -> dict[str, tuple[int, int]]:
    outputs = [os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600) for path in paths.values()]
    try:
        answer = sandbox().run(
            "render",
            film=film,
            outputs=outputs,
            arguments={"preset": settings.RENDITION_PRESET},
            limits=RENDERING,
            on_progress=on_progress,
        )
    finally:
        for output in outputs:
            os.close(output)
    return {kind: (int(answer[kind][0]), int(answer[kind][1])) for kind in paths}


def _store(store: ObjectStore, film_id: UUID, kind: str, path: Path, size: tuple[int, int]) -> Made:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    # The hash is part of the key: a copy made again never changes under a link that is in use.
    key = f"renditions/{film_id}/{kind}-{digest[:16]}.{SUFFIX[kind]}"
    store.put_file(key, path)
    return Made(key, digest, path.stat().st_size, *size)
