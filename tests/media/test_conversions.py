"""Films that are wrong in form only, converted for real: phone films of several kinds in, and what
comes out measured."""

import io
from fractions import Fraction
from typing import Any

import av
import numpy
import pytest
from numpy.typing import NDArray

from paike.accounts.models import Account
from paike.campaigns.rules.rulebook import FilmRules
from paike.kernel import clock, events
from paike.media import tasks
from paike.media.actions import conversions, inspections, removals
from paike.media.events import ConversionFinished
from paike.media.models import Conversion, Inspection
from paike.media.queries import conversions as queries
from paike.media.rules.report import Outcome
from paike.objects import ports as objects
from paike.uploads.models import SealedObject
from tests.factories import accounts, clapper, jobs, media, phone

pytestmark = pytest.mark.django_db
SECRETS = (b"HUAWEI", "王建国".encode(), b"+31.2304", b"2021-04-01")


def _refused(content: bytes, limits: FilmRules | None = None) -> Inspection:
    film = media.sealed_object(content=content)
    inspection = inspections.request(
        film=film, limits=limits or media.film_rules(), now=clock.now()
    )
    tasks.inspect(inspection_id=str(inspection.pk))
    inspection.refresh_from_db()
    return inspection


def _converted(inspection: Inspection) -> Conversion:
    conversion = conversions.request(inspection=inspection, by=accounts.account(), now=clock.now())
    tasks.convert(conversion_id=str(conversion.pk))
    conversion.refresh_from_db()
    assert not conversion.fault
    return conversion


def _bytes(key: str) -> bytes:
    return objects.store().open_read(key).read()


def _measured(content: bytes) -> dict[str, Any]:
    """What a film is, told by another reader than the one that made it."""
    with av.open(io.BytesIO(content), "r") as film:
        video, sound = film.streams.video[0], next(iter(film.streams.audio), None)
        stamps = [packet.pts for packet in film.demux(video) if packet.pts is not None]
        steps = {
            late - early for early, late in zip(sorted(stamps), sorted(stamps)[1:], strict=False)
        }
        film.seek(0)
        pictures = list(film.decode(video))
        unit = video.time_base or Fraction(1)
        return {
            "size": (video.width, video.height),
            "aspect": video.sample_aspect_ratio,
            "codec": video.codec_context.name,
            "rates": {1 / (step * unit) for step in steps},
            "seconds": float(len(stamps) / video.average_rate) if video.average_rate else 0.0,
            "sound": sound.codec_context.name if sound else "",
            "sound_seconds": float((sound.duration or 0) * sound.time_base) if sound and sound.time_base else 0.0,
            "rotations": {picture.rotation for picture in pictures},
            "image": pictures[len(pictures) // 2].to_ndarray(format="rgb24"),
        }  # fmt: skip


def _lit(image: NDArray[numpy.uint8]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is not black."""
    seen = image.max(axis=2) > 40
    rows, columns = numpy.flatnonzero(seen.mean(1) > 0.1), numpy.flatnonzero(seen.mean(0) > 0.2)
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _is_red(pixel: NDArray[numpy.uint8]) -> bool:
    return bool(pixel[0] > 150 and pixel[1] < 110 and pixel[2] < 110)


@pytest.mark.parametrize("rotation", [90, 270])
def test_an_upright_phone_film_comes_out_upright_in_the_calls_frame(rotation: int) -> None:
    inspection = _refused(phone.film(rotation=rotation))
    assert inspection.outcome == "refuse"
    conversion = _converted(inspection)
    report = queries.report_of(conversion)
    assert report is not None
    assert report.outcome is Outcome.PASS
    content = _bytes(conversion.key)
    made = _measured(content)
    assert (made["size"], made["aspect"], made["codec"]) == ((720, 576), Fraction(16, 15), "h264")
    assert made["rates"] == {Fraction(30)}
    assert made["rotations"] == {0}
    assert abs(made["seconds"] - 2.0) <= 1 / 30
    assert abs(made["sound_seconds"] - 2.0) <= 0.05
    assert len(content) <= inspection.limits["size_max"]
    for secret in SECRETS:
        assert secret not in content
    # The whole picture: 9:16 in a 4:3 frame is 324 of 768 wide, which 720 coded pixels show as 304.
    left, top, right, bottom = _lit(made["image"])
    assert (top, bottom) == (0, 576)
    assert abs((right - left) - 304) <= 6
    assert abs(left - (720 - right)) <= 4
    assert _is_red(made["image"][20, left + 12])  # the mark that is up and left for who looks at it


def test_how_it_was_can_be_played_beside() -> None:
    conversion = _converted(_refused(phone.film()))
    before = _measured(_bytes(conversion.before_key))
    assert (before["size"], before["codec"], before["aspect"]) == ((360, 640), "h264", 1)
    assert _is_red(before["image"][12, 12])
    assert abs(before["seconds"] - 2.0) <= 1 / 30
    for secret in SECRETS:
        assert secret not in _bytes(conversion.before_key)


@pytest.mark.parametrize("transfer", [phone.HLG, phone.PQ])
def test_high_dynamic_range_is_brought_down(transfer: int) -> None:
    conversion = _converted(_refused(phone.film(transfer=transfer, rate=30, seconds=1.0)))
    assert conversion.facts["hdr"] is True
    made = _measured(_bytes(conversion.key))
    left, _, right, _ = _lit(made["image"])
    inside = made["image"][:, left:right]
    assert 40 < inside.mean() < 200  # neither washed out nor sunk
    assert inside.max() > 180  # tests/media/test_tones.py measures each tone
    with av.open(io.BytesIO(_bytes(conversion.key)), "r") as film:
        frame = next(film.decode(video=0))
    assert (frame.format.name, frame.color_trc) == ("yuv420p", 1)


def test_an_uneven_rate_becomes_steady_and_stays_in_step() -> None:
    limits = media.film_rules(frame_sizes=())
    uneven = phone.film(
        codec="libx264", rotation=0, width=1280, height=720, rate=30, uneven=True, seconds=3.0,
        container="mov",
    )  # fmt: skip
    made = _measured(_bytes(_converted(_refused(uneven, limits)).key))
    assert len(made["rates"]) == 1
    assert made["size"] == (1280, 720)  # the call allows every size: the film keeps its own
    assert abs(made["seconds"] - 3.0) <= 1 / 20
    assert abs(made["seconds"] - made["sound_seconds"]) <= 0.1


@pytest.mark.parametrize("late", [0.0, 0.4], ids=["together", "sound-begins-late"])
def test_what_is_seen_and_heard_together_stays_together(late: float) -> None:
    """At every clap, from the first second to the last: less than 40 ms apart."""
    content = clapper.film(late=late)
    made = _bytes(_converted(_refused(content, media.film_rules(frame_sizes=()))).key)
    assert _measured(made)["rates"] == {Fraction(30)}  # the usual step between two pictures
    with av.open(io.BytesIO(made), "r") as film:
        seen = clapper.seen(film)
    with av.open(io.BytesIO(made), "r") as film:
        heard = clapper.heard(film)
    assert len(seen) == len(heard) == len(clapper.CLAPS)
    for picture, sound, clap in zip(seen, heard, clapper.CLAPS, strict=True):
        assert abs(picture - sound) < 0.040, (clap, picture, sound)
        assert abs(picture - clap) <= 1 / 30 + 0.001


def test_a_film_too_large_is_brought_under_the_limit() -> None:
    film = phone.film(codec="libx264", rate=30, rotation=0, width=720, height=576, seconds=4.0)
    limits = media.film_rules(size_max=len(film) * 3 // 5)
    conversion = _converted(_refused(film, limits))
    assert conversion.size <= limits.size_max
    assert conversion.facts["passes"] >= 2
    assert abs(_measured(_bytes(conversion.key))["seconds"] - 4.0) <= 1 / 30


def test_length_is_never_mended() -> None:
    inspection = _refused(phone.film(), media.film_rules(duration_max="1"))
    with pytest.raises(conversions.NothingToConvert):
        conversions.request(inspection=inspection, by=accounts.account(), now=clock.now())
    assert not jobs.waiting("media.convert")


def test_a_film_that_passes_has_nothing_to_convert() -> None:
    inspection = _refused(media.tiny_mp4())
    with pytest.raises(conversions.NothingToConvert):
        conversions.request(inspection=inspection, by=accounts.account(), now=clock.now())


def test_running_the_job_again_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[ConversionFinished] = []
    monkeypatch.setitem(events._listeners, ConversionFinished, [heard.append])
    conversion = _converted(_refused(phone.film()))
    tasks.convert(conversion_id=str(conversion.pk))
    assert [one.made for one in heard] == [True]


def test_a_damaged_film_is_given_up_and_its_author_told(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[ConversionFinished] = []
    monkeypatch.setitem(events._listeners, ConversionFinished, [heard.append])
    content = phone.film()
    data = content.index(b"mdat") + 4
    conversion = conversions.request(
        inspection=_refused(content[:data] + bytes(len(content) - data)),
        by=accounts.account(),
        now=clock.now(),
    )
    tasks.convert(conversion_id=str(conversion.pk))
    conversion.refresh_from_db()
    assert conversion.fault
    assert [one.made for one in heard] == [False]


def _approve(conversion: Conversion, by: Account) -> SealedObject:
    return conversions.approve(
        conversion=conversion, by=by, purpose="film", subject_id=conversion.pk, now=clock.now()
    )


def test_approved_it_is_a_sealed_object_of_its_own_and_the_original_stays() -> None:
    conversion = _converted(_refused(phone.film()))
    by = accounts.account()
    copy = _approve(conversion, by)
    assert _approve(conversion, by) == copy  # a second click
    assert copy.key == conversion.key
    assert _bytes(conversion.film.key) == phone.film()
    with pytest.raises(conversions.NotReady):
        conversions.refuse(conversion=conversion, now=clock.now())
    removals.remove(film_id=conversion.film.pk)
    assert _bytes(copy.key)  # it is the work's film now
    with pytest.raises(objects.NoSuchObject):
        objects.store().stat(conversion.before_key)


def test_refused_it_may_be_taken_later_and_goes_with_its_film() -> None:
    conversion = _converted(_refused(phone.film()))
    conversions.refuse(conversion=conversion, now=clock.now())
    again = conversions.request(
        inspection=conversion.inspection, by=accounts.account(), now=clock.now()
    )
    assert (again.pk, again.refused_at) == (conversion.pk, None)
    removals.remove(film_id=conversion.film.pk)
    assert not Conversion.objects.exists()
    for key in (conversion.key, conversion.before_key):
        with pytest.raises(objects.NoSuchObject):
            objects.store().stat(key)
