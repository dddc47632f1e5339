"""The gate: which verdict each rule of the call gives for a film's boxes.

Only arithmetic refuses; everything else warns. Seconds are compared in tenths, as they are shown:
an AAC track ends up to two frames after its picture, and nobody should lose a film of exactly
1:30 to that. `frontend/src/media/gate.ts` is this module's twin; both are held to
`tests/fixtures/films/expected.json`.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from paike.campaigns.rules.rulebook import FilmRules
from paike.media.rules import film as films
from paike.media.rules import texts
from paike.media.rules.boxes import BoxFault, Reader
from paike.media.rules.film import Film
from paike.media.rules.report import Report, Verdict
from paike.media.rules.sample_entries import VideoEntry

MB = 1024 * 1024
MOST_PIXELS = 4096 * 2304  # whatever a call allows: more would only tire the decoder
ANY = "-"  # a call that does not limit this
HIDDEN_MS = 500  # trimming by an edit list leaves more than this; codec delays leave less


def judge(reader: Reader, limits: FilmRules) -> Report:
    """Every verdict that can be given without decoding a picture. Never raises for a bad file."""
    try:
        film = films.read(reader)
    except BoxFault as fault:
        return Report(
            (_unreadable(fault, limits), _size(reader.size, limits)), {"bytes": reader.size}
        )
    return Report(tuple(_verdicts(film, limits)), facts(film))


def facts(film: Film) -> dict[str, Any]:
    """What was measured, for programs: whole numbers and strings."""
    found: dict[str, Any] = {
        "bytes": film.size,
        "container": film.container,
        "duration_ms": film.shown_ms,
        "faststart": film.faststart,
        "fragmented": film.fragmented,
        "tracks": len(film.tracks),
    }
    for track in film.of("video")[:1]:
        if track.video is not None:
            width, height = _coded(track.video)
            found |= {
                "video_codec": track.video.codec,
                "video_profile": track.video.profile,
                "width": width,
                "height": height,
                "pixel_aspect": "{}:{}".format(*track.video.aspect),
                "clean_aperture": track.video.clean_aperture,
                "rotation": track.rotation,
            }
    for track in film.of("audio")[:1]:
        if track.audio is not None:
            found |= {
                "audio_codec": track.audio.codec,
                "audio_profile": track.audio.profile,
                "channels": track.audio.channels,
                "sample_rate": track.audio.rate,
            }
    return found


def shown_size(width: int, height: int, aspect: tuple[int, int]) -> tuple[int, int]:
    """The size in square pixels that keeps the height: 720x576 at 16:15 is 768x576."""
    return (width * aspect[0] * 2 + aspect[1]) // (aspect[1] * 2), height


def _verdicts(film: Film, limits: FilmRules) -> Iterator[Verdict]:
    yield _container(film, limits)
    yield _size(film.size, limits)
    yield _integrity(film)
    video = next((track for track in film.of("video") if track.video), None)
    if video is None or video.video is None:
        yield texts.verdict("codec.no-video", limit=_codecs(limits.video_codecs))
    else:
        yield _codec(video.video, limits)
        yield _frame(video.video, limits)
        yield _pixels(video.video, limits)
        yield _rotation(video.rotation, limits)
    yield _duration(film.shown_ms, limits)
    yield _sound(film, limits)
    yield _structure(film)
    yield texts.verdict("faststart.ok" if film.faststart else "faststart.late")


def _unreadable(fault: BoxFault, limits: FilmRules) -> Verdict:
    wanted = _containers(limits)
    if fault.code == "empty":
        return texts.verdict("container.empty", limit=wanted)
    if fault.code == "not-mp4":
        code = "container.wrong" if fault.found else "container.unknown"
        return texts.verdict(code, found=fault.found, limit=wanted, value=fault.found)
    if fault.code in ("no-index", "cut"):
        return texts.verdict("integrity.no-index")
    return texts.verdict("container.broken", offset=fault.offset, limit=wanted)


def _container(film: Film, limits: FilmRules) -> Verdict:
    code = "container.ok" if film.container in limits.containers else "container.wrong"
    return texts.verdict(
        code, found=texts.container(film.container), limit=_containers(limits), value=film.container
    )


def _size(size: int, limits: FilmRules) -> Verdict:
    over = size - limits.size_max
    return texts.verdict(
        "size.too-big" if over > 0 else "size.ok",
        size=_megabytes(size),
        limit=_megabytes(limits.size_max),
        over=_megabytes(max(over, 0)),
        value=str(size),
        unit="B",
    )


def _integrity(film: Film) -> Verdict:
    if any(track.outside for track in film.tracks):
        return texts.verdict("integrity.outside")
    if film.missing > 0:
        return texts.verdict(
            "integrity.cut", missing=film.missing, value=str(film.missing), unit="B"
        )
    return texts.verdict("integrity.ok", value="0", unit="B")


def _codec(video: VideoEntry, limits: FilmRules) -> Verdict:
    return texts.verdict(
        "codec.ok" if video.codec in limits.video_codecs else "codec.wrong",
        found=f"{texts.codec(video.codec)} {video.profile}".strip(),
        limit=_codecs(limits.video_codecs),
        value=video.codec,
    )


def _coded(video: VideoEntry) -> tuple[int, int]:
    return video.coded or (video.width, video.height)


def _frame(video: VideoEntry, limits: FilmRules) -> Verdict:
    width, height = _coded(video)
    value, least = f"{width}x{height}", limits.short_side_min or 0
    code, found = "frame.ok", f"{width}×{height}"
    if (width, height) != (video.width, video.height):
        code, found = "frame.contradiction", f"{video.width}×{video.height}"
    elif limits.frame_sizes and value not in limits.frame_sizes:
        code = "frame.wrong"
    elif width * height > MOST_PIXELS:
        code = "frame.too-large"
    elif min(width, height) < least:
        code = "frame.too-small"
    return texts.verdict(
        code,
        found=found,
        coded=f"{width}×{height}",
        limit=_sizes(limits),
        least=least,
        value=value,
        unit="px",
    )


def _pixels(video: VideoEntry, limits: FilmRules) -> Verdict:
    across, down = video.aspect
    value = f"{across}:{down}"
    if value in limits.pixel_aspects or (not limits.pixel_aspects and not _is_extreme(video)):
        code = "pixels.ok"
    else:
        code = "pixels.extreme" if _is_extreme(video) else "pixels.odd"
    width, height = shown_size(*_coded(video), video.aspect)
    return texts.verdict(
        code,
        found=value,
        shown=f"{width}×{height}",
        limit=" / ".join(limits.pixel_aspects) or ANY,
        value=value,
    )


def _is_extreme(video: VideoEntry) -> bool:
    across, down = video.aspect
    return across > down * 2 or down > across * 2


def _rotation(rotation: int, limits: FilmRules) -> Verdict:
    quarter = "rotation.quarter" if limits.frame_sizes else "rotation.turned"
    code = {0: "rotation.ok", 90: quarter, 270: quarter, 180: "rotation.half"}
    return texts.verdict(
        code.get(rotation, "rotation.odd"),
        found=rotation,
        limit=_sizes(limits),
        value=str(rotation),
        unit="°",
    )


def _duration(shown_ms: int, limits: FilmRules) -> Verdict:
    tenths = (shown_ms + 50) // 100
    least, most = _tenths(limits.duration_min), _tenths(limits.duration_max)
    code = "duration.ok"
    if tenths > most:
        code = "duration.too-long"
    elif tenths < least or tenths == 0:
        code = "duration.too-short"
    return texts.verdict(
        code,
        seconds=_decimal(tenths),
        over=_decimal(max(tenths - most, 0)),
        least=_plain(least),
        most=_plain(most),
        value=_decimal(tenths),
        unit="s",
    )


def _sound(film: Film, limits: FilmRules) -> Verdict:
    limit = _codecs(limits.audio_codecs)
    tracks = [track.audio for track in film.of("audio") if track.audio]
    if not tracks:
        return texts.verdict("sound.none", limit=limit)
    wrong = next((audio for audio in tracks if audio.codec not in limits.audio_codecs), None)
    audio = wrong or tracks[0]
    return texts.verdict(
        "sound.wrong" if wrong else "sound.ok",
        found=texts.codec(audio.codec),
        limit=limit,
        value=audio.codec,
    )


def _structure(film: Film) -> Verdict:
    if film.fragmented:
        return texts.verdict("structure.fragmented")
    videos = film.of("video")
    if len(videos) > 1:
        return texts.verdict("structure.many-videos", found=len(videos), value=str(len(videos)))
    hidden = max((track.media_ms - track.shown_ms for track in videos), default=0)
    if hidden > HIDDEN_MS:
        seconds = _decimal((hidden + 50) // 100)
        return texts.verdict("structure.edited", hidden=seconds, value=seconds, unit="s")
    return texts.verdict("structure.ok")


def _sizes(limits: FilmRules) -> str:
    return " / ".join(limits.frame_sizes).replace("x", "×") or ANY


def _containers(limits: FilmRules) -> str:
    return " / ".join(texts.container(key) for key in limits.containers)


def _codecs(keys: tuple[str, ...]) -> str:
    return " / ".join(texts.codec(key) for key in keys) or ANY


def _tenths(seconds: Decimal) -> int:
    return int(seconds * 10)


def _decimal(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"


def _plain(tenths: int) -> str:
    return _decimal(tenths).removesuffix(".0")


def _megabytes(size: int) -> str:
    """Tenths of a megabyte, rounded up: a file over the limit never looks as if it kept it."""
    return _plain(-(-size * 10 // MB))
