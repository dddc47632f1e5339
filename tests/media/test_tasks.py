"""The jobs, run for real: a stored film through the sandbox to a report and to renditions."""

import io
import os
import signal
from fractions import Fraction

import av
import numpy
import pytest
from PIL import Image, ImageStat

from paike.kernel import clock, events
from paike.media import tasks
from paike.media.actions import inspections, renditions
from paike.media.adapters import films
from paike.media.events import InspectionFinished, RenditionsReady
from paike.media.models import Inspection, Rendition, RenditionKind
from paike.media.queries import inspections as found
from paike.media.queries import renditions as made
from paike.objects import ports as objects
from tests.factories import media
from tests.fixtures.films import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[events.Event]:
    told: list[events.Event] = []
    monkeypatch.setitem(events._listeners, InspectionFinished, [told.append])
    monkeypatch.setitem(events._listeners, RenditionsReady, [told.append])
    return told


def _inspected(content: bytes | None = None) -> Inspection:
    film = media.sealed_object(content=content)
    inspection = inspections.request(film=film, limits=media.film_rules(), now=clock.now())
    tasks.inspect(inspection_id=str(inspection.pk))
    inspection.refresh_from_db()
    return inspection


def test_a_good_film_passes_and_gets_its_copies(heard: list[events.Event]) -> None:
    inspection = _inspected()
    assert inspection.outcome == "pass"
    report = found.report_of(inspection)
    assert report is not None
    assert report.verdicts[-1].code == "decode.ok"
    film_id = inspection.film_id
    assert not made.is_ready(film_id)
    tasks.render(film_id=str(film_id))
    assert made.is_ready(film_id)
    assert made.progress(film_id) == 100
    assert [type(event) for event in heard] == [InspectionFinished, RenditionsReady]
    copies = made.of([film_id])[film_id]
    assert (copies["film-576"].width, copies["film-576"].height) == (768, 576)
    assert (copies["film-360"].width, copies["film-360"].height) == (480, 360)
    for kind in ("film-576", "film-360"):
        _assert_plays(objects.store().open_read(copies[kind].key).read(), seconds=2, rate=5)
    _assert_poster(objects.store().open_read(copies["poster"].key).read())


def _assert_plays(content: bytes, *, seconds: float, rate: int) -> None:
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(io.BytesIO(content), "r") as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert video.codec_context.name == "h264"
        assert video.codec_context.pix_fmt == "yuv420p"
        assert video.sample_aspect_ratio in (None, 1)
        assert video.duration is not None
        assert video.time_base is not None
        assert abs(float(video.duration * video.time_base) - seconds) <= 1 / rate
        assert len(list(film.decode(video))) == seconds * rate
        film.seek(0)
        assert sum(frame.samples for frame in film.decode(audio)) >= seconds * 44100 - 2048
        assert set(film.metadata) <= {"major_brand", "minor_version", "compatible_brands"}


def _assert_poster(content: bytes) -> None:
    assert len(content) <= 90 * 1024
    poster = Image.open(io.BytesIO(content))
    assert poster.format == "JPEG"
    assert poster.size == (768, 576)
    assert not poster.getexif()
    assert 32 < ImageStat.Stat(poster.convert("L")).mean[0] < 224


def test_square_pixels_keep_their_shape() -> None:
    film = media.sealed_object(content=media.tiny_mp4(aspect="1:1"))
    renditions.request(film=film, now=clock.now())
    tasks.render(film_id=str(film.pk))
    copies = made.of([film.pk])[film.pk]
    assert (copies["film-576"].width, copies["film-576"].height) == (720, 576)
    assert (copies["film-360"].width, copies["film-360"].height) == (450, 360)


def test_a_film_without_sound_gets_copies_without_sound() -> None:
    inspection = _inspected(media.tiny_mp4(sound=False))
    assert inspection.outcome == "warn"
    tasks.render(film_id=str(inspection.film_id))
    assert made.is_ready(inspection.film_id)


def test_running_a_job_twice_changes_nothing(heard: list[events.Event]) -> None:
    inspection = _inspected()
    tasks.inspect(inspection_id=str(inspection.pk))
    for _ in range(2):
        tasks.render(film_id=str(inspection.film_id))
    assert len(heard) == 2
    assert Rendition.objects.filter(film=inspection.film_id).count() == len(RenditionKind)


def test_a_lost_file_is_a_fault_that_is_shown_and_can_be_repeated() -> None:
    film = media.sealed_object()
    content = media.tiny_mp4()
    objects.store().delete(film.key)
    inspection = inspections.request(film=film, limits=media.film_rules(), now=clock.now())
    for _ in range(inspections.MAX_ATTEMPTS):
        tasks.inspect(inspection_id=str(inspection.pk))
    inspection.refresh_from_db()
    assert "NoSuchObject" in inspection.fault
    assert list(found.unfinished()) == [inspection]
    media.store(film.key, content)
    inspections.run_again(inspection=inspection, by=None, now=clock.now())
    tasks.inspect(inspection_id=str(inspection.pk))
    inspection.refresh_from_db()
    assert (inspection.outcome, inspection.fault) == ("pass", "")


def test_a_listener_that_fails_leaves_no_report_and_another_attempt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(event: InspectionFinished) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(events._listeners, InspectionFinished, [fail])
    film = media.sealed_object()
    inspection = inspections.request(film=film, limits=media.film_rules(), now=clock.now())
    for _ in range(inspections.MAX_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            tasks.inspect(inspection_id=str(inspection.pk))
    inspection.refresh_from_db()
    assert (inspection.finished_at, "ZeroDivisionError" in inspection.fault) == (None, True)
    monkeypatch.setitem(events._listeners, InspectionFinished, [])
    inspections.run_again(inspection=inspection, by=None, now=clock.now())
    tasks.inspect(inspection_id=str(inspection.pk))
    inspection.refresh_from_db()
    assert inspection.outcome == "pass"


def test_a_killed_sandbox_server_is_replaced() -> None:
    _inspected()
    server = films.sandbox()._server
    assert server is not None
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    assert _inspected().outcome == "pass"


def test_metadata_of_the_source_is_in_no_copy() -> None:
    content = media.tiny_mp4(described=True)
    assert b"+31.2304+121.4737/" in content
    assert "王建国".encode() in content
    film = media.sealed_object(content=content)
    renditions.request(film=film, now=clock.now())
    tasks.render(film_id=str(film.pk))
    for copy in made.of([film.pk])[film.pk].values():
        stored = objects.store().open_read(copy.key).read()
        for mark in (b"31.2304", "王建国".encode(), b"HUAWEI", b"2021"):
            assert mark not in stored


@pytest.mark.parametrize(
    ("matrix", "size", "bright"),
    [
        ((1, 0, 0, 1), (768, 576), "top"),
        ((0, 1, -1, 0), (432, 576), "right"),
        ((-1, 0, 0, -1), (768, 576), "bottom"),
        ((0, -1, 1, 0), (432, 576), "left"),
    ],
)
def test_a_turned_film_is_shown_upright(
    matrix: tuple[int, int, int, int], size: tuple[int, int], bright: str
) -> None:
    film = media.sealed_object(content=make.rotated(_top_is_bright(), *matrix))
    renditions.request(film=film, now=clock.now())
    tasks.render(film_id=str(film.pk))
    copy = made.of([film.pk])[film.pk]["film-576"]
    assert (copy.width, copy.height) == size
    with av.open(io.BytesIO(objects.store().open_read(copy.key).read()), "r") as shown:
        luma = next(shown.decode(video=0)).to_ndarray(format="gray")
    height, width = luma.shape
    halves = {
        "top": luma[: height // 3],
        "bottom": luma[-height // 3 :],
        "left": luma[:, : width // 3],
        "right": luma[:, -width // 3 :],
    }
    assert max(halves, key=lambda side: halves[side].mean()) == bright


def _top_is_bright() -> bytes:
    planes = numpy.full((576 * 3 // 2, 720), 128, dtype=numpy.uint8)
    planes[:288], planes[288:576] = 210, 40
    content = io.BytesIO()
    with av.open(content, "w", format="mp4") as film:
        video = film.add_stream("libx264", rate=5)
        video.width, video.height, video.pix_fmt = 720, 576, "yuv420p"
        video.sample_aspect_ratio = Fraction(16, 15)
        for _ in range(5):
            film.mux(video.encode(av.VideoFrame.from_ndarray(planes, "yuv420p")))
        film.mux(video.encode())
    return content.getvalue()
