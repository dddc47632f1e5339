"""Real films for tests: a small MP4 made on the spot, sealed and stored."""

import functools
import hashlib
import io
import tempfile
import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy
from PIL import Image

from paike.accounts.models import Account
from paike.campaigns.rules.rulebook import FilmRules
from paike.kernel import clock
from paike.media.models import Conversion, Inspection, Rendition, RenditionKind
from paike.media.rules.report import Report
from paike.objects import ports
from paike.uploads.models import SealedObject, Upload

PHONE = {
    "location": "+31.2304+121.4737/",
    "com.apple.quicktime.location.ISO6709": "+31.2304+121.4737/",
    "make": "HUAWEI",
    "artist": "王建国",
    "creation_time": "2021-04-01T10:00:00Z",
}


def film_rules(**changes: Any) -> FilmRules:
    """The rules of the notice: MP4, H.264 and AAC, 720x576, 1 to 90 s, 50 MB."""
    values: dict[str, Any] = {
        "containers": ("mp4",),
        "video_codecs": ("h264",),
        "audio_codecs": ("aac",),
        "frame_sizes": ("720x576",),
        "pixel_aspects": ("1:1", "16:15"),
        "duration_min": Decimal(1),
        "duration_max": Decimal(90),
        "size_max": 50 * 1024**2,
    }
    return FilmRules(**(values | changes))


@functools.cache
def tiny_mp4(
    *,
    width: int = 720,
    height: int = 576,
    seconds: float = 2,
    rate: int = 5,
    aspect: str = "16:15",
    sound: bool = True,
    seed: int = 0,
    described: bool = False,
) -> bytes:
    """The bytes of a small real MP4: moving colours and a tone. Another seed, another film.
    `described`: with the place, maker and name that a phone writes into it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        flags = "+faststart+use_metadata_tags" if described else "+faststart"
        with av.open(path, "w", options={"movflags": flags}) as film:
            film.metadata.update(PHONE if described else {})
            video = film.add_stream("libx264", rate=rate, options={"preset": "ultrafast"})
            video.width, video.height, video.pix_fmt = width, height, "yuv420p"
            video.sample_aspect_ratio = Fraction(aspect.replace(":", "/"))
            audio = film.add_stream("aac", rate=44100, layout="mono") if sound else None
            for number in range(round(seconds * rate)):
                film.mux(video.encode(_picture(width, height, number, seed)))
            film.mux(video.encode())
            if audio is not None:
                for frame in _tone(seconds, pitch=220 + seed % 400):
                    film.mux(audio.encode(frame))
                film.mux(audio.encode())
        return path.read_bytes()


def sealed_object(
    *,
    content: bytes | None = None,
    owner: Account | None = None,
    subject_id: uuid.UUID | None = None,
    now: datetime | None = None,
) -> SealedObject:
    """A film as it is after its upload: stored, hashed, sealed."""
    content = tiny_mp4() if content is None else content
    now = now or clock.now()
    upload = Upload.objects.create(
        owner=owner or Account.objects.create(created_at=now),
        purpose="film",
        subject_id=subject_id or uuid.uuid4(),
        size=len(content),
        created_at=now,
        expires_at=now + timedelta(days=1),
        sealed_at=now,
    )
    key = f"films/{upload.pk}.mp4"
    store(key, content)
    return SealedObject.objects.create(
        upload=upload,
        key=key,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        sealed_at=now,
    )


def inspection(
    *, film: SealedObject | None = None, report: Report | None = None, **changes: Any
) -> Inspection:
    """An inspection row; with a report it is finished."""
    now = clock.now()
    values: dict[str, Any] = {"requested_at": now, "limits": film_rules().model_dump(mode="json")}
    if report is not None:
        values |= {
            "started_at": now,
            "finished_at": now,
            "outcome": report.outcome.value,
            "report": report.to_json(),
            "attempts": 1,
        }
    return Inspection.objects.create(film=film or sealed_object(), **(values | changes))


def conversion(*, film: SealedObject, by: Account, report: Report | None = None) -> Conversion:
    """A finished conversion of a film, with its stored files; its author has not decided."""
    now, content = clock.now(), tiny_mp4()
    key = f"conversions/{film.pk}/film.mp4"
    for each in (key, f"conversions/{film.pk}/before.mp4"):
        store(each, content)
    return Conversion.objects.create(
        inspection=inspection(film=film, report=report),
        requested_by=by,
        requested_at=now,
        started_at=now,
        finished_at=now,
        progress=100,
        report=Report(()).to_json(),
        key=key,
        before_key=f"conversions/{film.pk}/before.mp4",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )


def rendition(
    *, film: SealedObject | None = None, kind: str = RenditionKind.FILM_576, content: bytes = b""
) -> Rendition:
    """A finished rendition with its stored file."""
    film = film or sealed_object()
    content = content or tiny_mp4()
    key = f"renditions/{film.pk}/{kind}.{'mp4' if kind.startswith('film') else 'jpg'}"
    store(key, content)
    now = clock.now()
    return Rendition.objects.create(
        film=film,
        kind=kind,
        requested_at=now,
        started_at=now,
        finished_at=now,
        progress=100,
        key=key,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        width=768,
        height=576,
    )


def storyboard(*, film: SealedObject, ms: int = 2000) -> Rendition:
    """Forty small pictures of a film `ms` long, each in a grey of its own."""
    board = Image.new("RGB", (1200, 360))
    for number in range(40):
        grey = Image.new("RGB", (120, 90), (number * 6,) * 3)
        board.paste(grey, (number % 10 * 120, number // 10 * 90))
    content = io.BytesIO()
    board.save(content, "JPEG", quality=70)
    made = rendition(film=film, kind=RenditionKind.STORYBOARD, content=content.getvalue())
    Rendition.objects.filter(pk=made.pk).update(width=1200, height=360)
    known = Inspection.objects.filter(film=film).order_by("-requested_at").first()
    if known is None:
        known = inspection(film=film, report=Report(()))
    report = known.report or Report(()).to_json()
    known.report = report | {"facts": report.get("facts", {}) | {"duration_ms": ms}}
    known.save()
    return made


def store(key: str, content: bytes) -> None:
    """Put bytes into the store of the installation."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        ports.store().put_file(key, Path(file.name))


def _picture(width: int, height: int, number: int, seed: int) -> av.VideoFrame:
    across = numpy.linspace(40, 200, width, dtype=numpy.uint8)[None, :, None]
    down = numpy.linspace(0, 50, height, dtype=numpy.uint8)[:, None, None]
    shade = numpy.array([seed % 7, seed % 5, seed % 3], dtype=numpy.uint8) * 8
    picture = numpy.broadcast_to(across + down // 2, (height, width, 3)) // 2 + shade
    left = (number * 16 + seed * 5) % (width - 64)
    picture[height // 3 : height // 3 + 64, left : left + 64] = (220, 180, 60)
    return av.VideoFrame.from_ndarray(numpy.ascontiguousarray(picture.astype(numpy.uint8)), "rgb24")


def _tone(seconds: float, *, pitch: int) -> list[av.AudioFrame]:
    moments = numpy.arange(round(seconds * 44100)) / 44100
    samples = (numpy.sin(2 * numpy.pi * pitch * moments) * 0.2).astype(numpy.float32)
    frames = []
    for start in range(0, len(samples), 1024):
        frame = av.AudioFrame.from_ndarray(samples[None, start : start + 1024], "fltp", "mono")
        frame.sample_rate, frame.pts, frame.time_base = 44100, start, Fraction(1, 44100)
        frames.append(frame)
    return frames
