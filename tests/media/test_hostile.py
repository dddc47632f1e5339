"""Hostile files end in a verdict or a named fault, in bounded time, and lead nowhere. A bench sends
many thousand mutations the same way: `python -m bench.inspection_fuzz`."""

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import pytest

from paike.media.adapters import films as inspecting
from paike.media.adapters.sandbox import client, decoding
from paike.media.rules.report import Outcome, Report
from tests.corpus import hostile, watched
from tests.factories import media

# No rule but those of structure and decoding stands between these limits and the decoders.
LOOSE = media.film_rules(
    containers=("mp4", "mov", "3gp"), duration_min="0", duration_max="100000", frame_sizes=(),
    pixel_aspects=(), video_codecs=("h264", "hevc", "mpeg4"), audio_codecs=("aac", "mp3"),
).model_dump(mode="json")  # fmt: skip
NAMES = sorted(hostile.files("/nowhere/canary.mp4", 1))
SECONDS = 30  # of wall clock for the worst of them, on a busy machine


@pytest.fixture(scope="module")
def sandbox() -> Iterator[client.Sandbox]:
    box = client.Sandbox()
    yield box
    box.close()


@pytest.fixture(scope="module")
def watch() -> Iterator[watched.Watch]:
    with watched.watching() as found:
        yield found


def _run(box: client.Sandbox, job: str, content: bytes) -> dict[str, Any]:
    film, evidence = os.memfd_create("film"), os.memfd_create("evidence")
    limits = inspecting.INSPECTION if job == "inspect" else inspecting.EXAMINATION
    outputs = [evidence] if job == "examine" else []
    try:
        os.write(film, content)
        arguments = {"limits": LOOSE, "rotation": 0}
        return box.run(job, film=film, outputs=outputs, arguments=arguments, limits=limits)
    finally:
        os.close(film)
        os.close(evidence)


@pytest.mark.parametrize("name", NAMES)
def test_it_gets_a_verdict_and_leads_nowhere(
    sandbox: client.Sandbox, watch: watched.Watch, name: str
) -> None:
    content = hostile.files(watch.canary, watch.port)[name]
    started = time.monotonic()
    report = Report.from_json(_run(sandbox, "inspect", content))
    assert time.monotonic() - started < SECONDS
    assert report.verdicts
    assert all(v.advice.zh and v.advice.en for v in report.verdicts if v.outcome is Outcome.REFUSE)
    if report.outcome is not Outcome.REFUSE:  # FFmpeg makes something of it all the same
        assert report.verdicts[-1].code == "decode.ok"
    # A gate would have stopped most of them; the full inspection must bear them all the same.
    with contextlib.suppress(client.TooHeavy, client.JobFault):  # each is shown with its reason
        assert _run(sandbox, "examine", content)["verdicts"]
    assert time.monotonic() - started < 2 * SECONDS
    assert (watch.opened(), watch.called) == (0, 0)


def test_the_watch_would_notice(sandbox: client.Sandbox) -> None:
    with watched.watching() as found:
        assert Path(found.canary).read_bytes()
        socket.create_connection(("127.0.0.1", found.port)).close()
        time.sleep(0.2)
        assert found.opened() >= 1
        assert found.called == 1


def test_references_lead_nowhere_even_without_the_jail() -> None:
    """FFmpeg itself, as we open it, follows nothing: the jail is the second wall, not the first."""
    with watched.watching() as watch:
        for content in hostile.files(watch.canary, watch.port).values():
            handle = os.memfd_create("film")
            os.write(handle, content)
            with os.fdopen(handle, "rb") as film:
                try:
                    with decoding.open_film(film) as source:
                        seen = (*source.streams.video, *source.streams.audio)
                        for packet in source.demux(*seen) if seen else ():
                            packet.decode()
                except (av.error.FFmpegError, EOFError, ValueError, MemoryError):
                    pass
        time.sleep(0.2)
        assert (watch.opened(), watch.called) == (0, 0)
