"""Inspecting and rendering stored films, through the sandbox of this process."""

import functools
import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings

from paike.media.actions.renditions import Made
from paike.media.adapters.sandbox.client import Sandbox
from paike.media.adapters.sandbox.jail import Limits
from paike.media.models import Inspection, RenditionKind
from paike.media.rules import report as reports
from paike.media.rules.report import Report
from paike.media.rules.resemblance.signature import Signature
from paike.objects.ports import ObjectStore

# Far above what a film of 50 MB needs, far below what would hurt the machine.
INSPECTION = Limits(seconds=60, cpu_seconds=40, memory_mb=2048, output_mb=1)
EXAMINATION = Limits(seconds=300, cpu_seconds=180, memory_mb=2048, output_mb=8)
SIGNING = Limits(seconds=120, cpu_seconds=90, memory_mb=2048, output_mb=1)
RENDERING = Limits(seconds=1200, cpu_seconds=900, memory_mb=3072, output_mb=400)


@functools.cache
def sandbox() -> Sandbox:
    """The one of this process."""
    return Sandbox(allow_unfiltered=settings.SANDBOX == "unfiltered", hidden=settings.DATA)


def inspect(store: ObjectStore, key: str, *, limits: Mapping[str, Any]) -> Report:
    """The gate's report on a stored film. Raises SandboxFault, StoreFault."""
    with store.materialise(key) as path, path.open("rb") as film:
        return look_at_gate(film, limits=limits)


def look_at_gate(film: IO[bytes], *, limits: Mapping[str, Any]) -> Report:
    """The gate's report on an open film. Raises SandboxFault."""
    answer = sandbox().run(
        "inspect", film=film.fileno(), arguments={"limits": dict(limits)}, limits=INSPECTION
    )
    return Report.from_json(answer)


def examine(
    store: ObjectStore,
    inspection: Inspection,
    gate: Report,
    *,
    on_progress: Callable[[int], None],
) -> Report:
    """Look at a whole stored film: the gate's verdicts and facts with those of the checks, the
    pictures of the evidence stored. Raises SandboxFault, StoreFault."""
    with (
        tempfile.TemporaryFile(prefix="paike-evidence-") as pictures,
        store.materialise(inspection.film.key) as path,
        path.open("rb") as film,
    ):
        answer = look_through(
            film,
            pictures,
            limits=inspection.limits,
            gate=gate,
            on_progress=on_progress,
        )
        keys = {
            at: _keep(store, inspection, at, content)
            for at, content in pictures_in(pictures, answer).items()
        }
    return reports.together(gate, answer, keys)


def look_through(
    film: IO[bytes],
    pictures: IO[bytes],
    *,
    limits: Mapping[str, Any],
    gate: Report,
    declared: Mapping[str, Any] | None = None,
    on_progress: Callable[[int], None] = lambda percent: None,
) -> dict[str, Any]:
    """What the full inspection of an open film answers; its evidence is written to `pictures`.
    Raises SandboxFault."""
    return sandbox().run(
        "examine",
        film=film.fileno(),
        outputs=[pictures.fileno()],
        arguments={
            "limits": dict(limits),
            "rotation": gate.facts.get("rotation", 0),
            "declared": dict(declared or {}),
        },
        limits=EXAMINATION,
        on_progress=on_progress,
    )


def sign(store: ObjectStore, key: str) -> Signature:
    """The signature of a stored film. Raises SandboxFault, StoreFault."""
    with store.materialise(key) as path, path.open("rb") as film:
        return signature_of(film)


def signature_of(film: IO[bytes]) -> Signature:
    """The signature of an open film. Raises SandboxFault."""
    answer = sandbox().run("sign", film=film.fileno(), arguments={}, limits=SIGNING)
    return Signature.from_bytes(bytes.fromhex(answer["signature"]))


def pictures_in(pictures: IO[bytes], answer: Mapping[str, Any]) -> dict[int, bytes]:
    """The JPEGs of the evidence by their moment in milliseconds."""
    found = {}
    for place in answer["pictures"]:
        pictures.seek(int(place["offset"]))
        found[int(place["at"])] = pictures.read(int(place["length"]))
    return found


def _keep(store: ObjectStore, inspection: Inspection, at: int, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    key = f"evidence/{inspection.film_id}/{at}-{digest[:16]}.jpg"
    with tempfile.NamedTemporaryFile(prefix="paike-evidence-") as file:
        file.write(content)
        file.flush()
        store.put_file(key, Path(file.name))
    return key


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
    suffix = "mp4" if kind.startswith("film") else "jpg"
    # The hash is part of the key: a copy made again never changes under a link that is in use.
    key = f"renditions/{film_id}/{kind}-{digest[:16]}.{suffix}"
    store.put_file(key, path)
    return Made(key, digest, path.stat().st_size, *size)
