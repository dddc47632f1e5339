"""The sample description of a track (`stsd`): codec, coded size, pixel aspect.

`frontend/src/media/sample-entries.ts` is this module's twin.
"""

from dataclasses import dataclass

from paike.media.rules import sps
from paike.media.rules.boxes import BoxFault, Cut, child, children

VIDEO = {
    "avc1": "h264", "avc3": "h264", "hvc1": "hevc", "hev1": "hevc", "dvh1": "hevc", "dvhe": "hevc",
    "vp08": "vp8", "vp09": "vp9", "av01": "av1", "jpeg": "mjpeg", "mjpa": "mjpeg", "mjpg": "mjpeg",
    "s263": "h263", "h263": "h263", "apch": "prores", "apcn": "prores", "apcs": "prores",
    "apco": "prores", "ap4h": "prores", "dvcp": "dv", "dvc ": "dv", "mp4v": "mpeg4",
}  # fmt: skip
AUDIO = {
    "mp4a": "aac", ".mp3": "mp3", "ac-3": "ac3", "ec-3": "eac3", "Opus": "opus", "fLaC": "flac",
    "alac": "alac", "sowt": "pcm", "twos": "pcm", "lpcm": "pcm", "in24": "pcm", "fl32": "pcm",
    "samr": "amr", "sawb": "amr",
}  # fmt: skip
# Object type indications of MPEG-4 systems (ISO/IEC 14496-1), where the entry says mp4v or mp4a.
OBJECTS = {
    0x20: "mpeg4", 0x21: "h264", 0x23: "hevc", 0x40: "aac", 0x60: "mpeg2", 0x61: "mpeg2",
    0x62: "mpeg2", 0x63: "mpeg2", 0x64: "mpeg2", 0x65: "mpeg2", 0x66: "aac", 0x67: "aac",
    0x68: "aac", 0x69: "mp3", 0x6A: "mpeg1", 0x6B: "mp3", 0x6C: "mjpeg", 0xA5: "ac3", 0xA6: "eac3",
}  # fmt: skip
H264_PROFILES = {66: "Baseline", 77: "Main", 88: "Extended", 100: "High", 110: "High 10", 122: "High 4:2:2", 244: "High 4:4:4"}  # fmt: skip
AAC_PROFILES = {1: "Main", 2: "LC", 3: "SSR", 4: "LTP", 5: "HE", 29: "HE v2"}
SEQUENCE_PARAMETERS = 7


@dataclass(frozen=True)
class VideoEntry:
    """Codec and picture as the container says, and as the codec's own header says if it can be
    read (`coded`)."""

    codec: str
    profile: str
    width: int
    height: int
    coded: tuple[int, int] | None
    aspect: tuple[int, int]
    clean_aperture: bool


@dataclass(frozen=True)
class AudioEntry:
    codec: str
    profile: str
    channels: int
    rate: int


def video(description: Cut) -> VideoEntry:
    """The first entry of a video track's `stsd`. Raises BoxFault."""
    kind, entry = _first(description)
    width, height = entry.number(24, 2), entry.number(26, 2)
    boxes = dict(reversed(list(children(entry.after(78)))))
    codec, profile = VIDEO.get(kind, kind.strip().lower()), ""
    if kind == "mp4v" and "esds" in boxes:
        indication, _ = _objects(boxes["esds"])
        codec = OBJECTS.get(indication, codec)
    picture = _avc_picture(boxes["avcC"]) if codec == "h264" and "avcC" in boxes else None
    if picture is not None:
        profile = H264_PROFILES.get(picture.profile, str(picture.profile))
    return VideoEntry(
        codec=codec,
        profile=profile,
        width=width,
        height=height,
        coded=(picture.width, picture.height) if picture else None,
        aspect=_aspect(boxes.get("pasp"), picture),
        clean_aperture="clap" in boxes,
    )


def audio(description: Cut) -> AudioEntry:
    """The first entry of an audio track's `stsd`. Raises BoxFault."""
    kind, entry = _first(description)
    version, channels, rate = entry.number(8, 2), entry.number(16, 2), entry.number(24, 2)
    codec, profile = AUDIO.get(kind, kind.strip().lower()), ""
    extra = {1: 16, 2: 36}.get(version, 0)  # QuickTime's longer entries
    if kind == "mp4a":
        stream = _stream_description(entry.after(28 + extra))
        if stream is not None:
            indication, object_type = _objects(stream)
            codec = OBJECTS.get(indication, codec)
            profile = AAC_PROFILES.get(object_type, "") if codec == "aac" else ""
    return AudioEntry(codec, profile, channels, rate)


def _first(description: Cut) -> tuple[str, Cut]:
    if description.number(4, 4) < 1:
        raise BoxFault("broken", description.start)
    for kind, entry in children(description.after(8)):
        return kind, entry
    raise BoxFault("broken", description.start)


def _stream_description(rest: Cut) -> Cut | None:
    stream = child(rest, "esds")
    wave = child(rest, "wave")
    return child(wave, "esds") if stream is None and wave is not None else stream


def _objects(stream: Cut) -> tuple[int, int]:
    """Object type indication, and the audio object type of the decoder's own description."""
    tag, at, _ = _descriptor(stream, 4)
    if tag != 3:
        return 0, 0
    flags = stream.number(at + 2, 1)
    at += 3 + (2 if flags & 0x80 else 0)
    at += 1 + stream.number(at, 1) if flags & 0x40 else 0
    at += 2 if flags & 0x20 else 0
    tag, at, length = _descriptor(stream, at)
    if tag != 4:
        return 0, 0
    indication = stream.number(at, 1)
    if length < 15:
        return indication, 0
    tag, inner, length = _descriptor(stream, at + 13)
    return indication, stream.number(inner, 1) >> 3 if tag == 5 and length >= 1 else 0


def _descriptor(stream: Cut, at: int) -> tuple[int, int, int]:
    """Tag, where the content starts, its length (7 bits a byte, at most four bytes)."""
    tag, length = stream.number(at, 1), 0
    for step in range(1, 5):
        byte = stream.number(at + step, 1)
        length = length << 7 | byte & 0x7F
        if byte < 0x80:
            return tag, at + step + 1, length
    raise BoxFault("broken", stream.start + at)


def _avc_picture(config: Cut) -> sps.Picture | None:
    if config.number(5, 1) & 0x1F < 1:
        return None
    unit = config.slice(8, config.number(6, 2)).data
    if not unit or unit[0] & 0x1F != SEQUENCE_PARAMETERS:
        return None
    try:
        return sps.read(unit)
    except sps.BadParameters as fault:
        raise BoxFault("broken", config.start + 8) from fault


def _aspect(pasp: Cut | None, picture: sps.Picture | None) -> tuple[int, int]:
    """The container's word goes first, as in players; without any, pixels are square."""
    if pasp is not None:
        across, down = pasp.number(0, 4), pasp.number(4, 4)
        if across and down:
            return sps.reduce(across, down)
    return (picture.aspect if picture else None) or (1, 1)
