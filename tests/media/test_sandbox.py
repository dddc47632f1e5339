"""The jail really holds, and hostile films always end in a verdict or a named fault."""

import contextlib
import io
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paike.media.adapters import films as inspecting
from paike.media.adapters.sandbox import client
from paike.media.adapters.sandbox.jail import Limits
from paike.media.rules.report import Outcome, Report
from tests.factories import media
from tests.fixtures.films import make

FILMS = Path(make.__file__).parent
NAMES = sorted(make.films())
LIMITS = {"limits": media.film_rules().model_dump(mode="json")}
# No rule but the decoder's own stands between these limits and a damaged film.
LOOSE = {"limits": media.film_rules(duration_max="100000", frame_sizes=()).model_dump(mode="json")}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[client.Sandbox]:
    box = client.Sandbox()
    yield box
    box.close()


def _inspect(box: client.Sandbox, content: bytes, arguments: dict[str, Any]) -> Report:
    handle = os.memfd_create("film")
    try:
        os.write(handle, content)
        return Report.from_json(
            box.run("inspect", film=handle, arguments=arguments, limits=inspecting.INSPECTION)
        )
    finally:
        os.close(handle)


def test_the_jail_lets_nothing_out(sandbox: client.Sandbox) -> None:
    assert sandbox.check() == ""


@pytest.mark.parametrize("name", NAMES)
def test_every_film_of_the_set_gets_its_verdict(sandbox: client.Sandbox, name: str) -> None:
    started = time.monotonic()
    report = _inspect(sandbox, (FILMS / name).read_bytes(), LIMITS)
    assert time.monotonic() - started < 20
    cases = json.loads((FILMS / "expected.json").read_text(encoding="utf-8"))["cases"]
    (expected,) = (c for c in cases if (c["film"], c["pad"], c["call"]) == (name, 0, "notice"))
    if report.verdicts[-1].rule != "decode":
        assert report.outcome == expected["outcome"] == "refuse"
    else:
        assert (report.verdicts[-1].code, report.outcome) == ("decode.ok", expected["outcome"])


def test_damage_in_the_picture_itself_is_found(sandbox: client.Sandbox) -> None:
    good = (FILMS / "good.mp4").read_bytes()
    data = good.index(b"mdat") + 4
    report = _inspect(sandbox, good[:data] + bytes(len(good) - data), LIMITS)
    assert report.verdicts[-1].code == "decode.failed"
    assert report.outcome is Outcome.REFUSE


def test_a_film_cut_anywhere_is_refused(sandbox: client.Sandbox) -> None:
    good = (FILMS / "good.mp4").read_bytes()
    for length in range(0, len(good), max(len(good) // 25, 1)):
        assert _inspect(sandbox, good[:length], LIMITS).outcome is Outcome.REFUSE


def test_a_huge_picture_and_a_ten_hour_still_are_bounded(sandbox: client.Sandbox) -> None:
    for name in ("huge-picture.mp4", "ten-hours.mp4"):
        started = time.monotonic()
        with contextlib.suppress(client.TooHeavy):
            _inspect(sandbox, (FILMS / name).read_bytes(), LOOSE)
        assert time.monotonic() - started < 60


def test_a_job_that_takes_too_long_is_killed(sandbox: client.Sandbox) -> None:
    content = media.tiny_mp4(seconds=10, rate=25)
    handle, outputs = os.memfd_create("film"), [os.memfd_create(f"copy{n}") for n in range(8)]
    os.write(handle, content)
    for limits in (Limits(1, 100, 2048, 100), Limits(60, 1, 2048, 100)):
        started = time.monotonic()
        with pytest.raises(client.TooHeavy):
            sandbox.run(
                "render",
                film=handle,
                outputs=outputs,
                arguments={"preset": "placebo"},
                limits=limits,
            )
        assert time.monotonic() - started < 20
    for descriptor in (handle, *outputs):
        os.close(descriptor)


def test_too_little_memory_is_a_fault_with_a_name(sandbox: client.Sandbox) -> None:
    handle = os.memfd_create("film")
    os.write(handle, (FILMS / "good.mp4").read_bytes())
    with pytest.raises(client.SandboxFault):
        sandbox.run(
            "render", film=handle, arguments={"preset": "veryfast"}, limits=Limits(20, 20, 1, 1)
        )
    os.close(handle)


def test_an_unknown_job_is_a_fault(sandbox: client.Sandbox) -> None:
    with (FILMS / "good.mp4").open("rb") as film, pytest.raises(client.JobFault):
        sandbox.run("dance", film=film.fileno(), arguments={}, limits=inspecting.INSPECTION)


def test_the_server_ends_with_its_worker() -> None:
    box = client.Sandbox()
    assert box.check() == ""
    server = box._server
    assert server is not None
    assert box._control is not None
    box._control.close()
    assert server.wait(timeout=10) == 0


def test_without_a_filter_nothing_is_opened_unless_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    # A module that can't be imported is what a machine without libseccomp looks like.
    blocked = Path(os.environ["PAIKE_DATA"]) / "blocked"
    blocked.mkdir(exist_ok=True)
    (blocked / "pyseccomp.py").write_text("raise RuntimeError('no libseccomp')", encoding="utf-8")
    monkeypatch.syspath_prepend(str(blocked))
    strict = client.Sandbox()
    assert "libseccomp" in strict.check()
    with (FILMS / "good.mp4").open("rb") as film, pytest.raises(client.Unsafe):
        strict.run("inspect", film=film.fileno(), arguments=LIMITS, limits=inspecting.INSPECTION)
    allowed = client.Sandbox(allow_unfiltered=True)
    try:
        assert (
            _inspect(allowed, io.BytesIO((FILMS / "good.mp4").read_bytes()).read(), LIMITS).outcome
            is Outcome.PASS
        )
    finally:
        allowed.close()
