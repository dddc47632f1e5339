"""What a test film is made of, and what is therefore true about it."""

from dataclasses import dataclass, field
from typing import Any

Span = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """Words in the picture from one second to another. `style`: `white`, `yellow`, `boxed`, or
    `outlined`; `place`: share of the height at which they stand."""

    start: float
    end: float
    text: str
    style: str = "outlined"
    place: float = 0.9
    size: int = 34


@dataclass(frozen=True)
class Recipe:
    """One film. Faults are spans of seconds; an empty tuple is a film without that fault."""

    name: str
    footage: str
    seconds: float = 16.0
    half: str = "tuning"
    title: str = ""
    authors: tuple[str, ...] = ()
    unit: str = ""
    title_at: Span = (0.5, 3.5)
    subtitles: tuple[Line, ...] = ()
    spoken: tuple[tuple[float, str], ...] = ()
    black: tuple[Span, ...] = ()
    frozen: tuple[Span, ...] = ()
    dark: tuple[Span, ...] = ()
    blurred: tuple[Span, ...] = ()
    flash: tuple[Span, ...] = ()
    shake: tuple[Span, ...] = ()
    shake_size: float = 6.0  # pixels rms
    pan: float = 0.0  # pixels a second
    still: bool = False  # one picture of the clip, so that nothing moves but the camera
    letterbox: float = 0.0  # share of the height, both bars together
    watermark: str = ""
    interlaced: bool = False
    variable: bool = False
    codec: str = "libx264"
    encoder: tuple[tuple[str, str], ...] = ()
    rate: int = 25
    music: float = 0.025  # level of the music, 0 to 1
    voice: float = 0.6
    gain: float = 1.0
    loud: bool = False  # pressed together until it is loud, without flat tops
    clipped: bool = False
    between: float = 0.0  # how high a signal tone goes between its samples, of full scale
    silent: tuple[Span, ...] = ()
    sound_seconds: float = 0.0  # 0: as long as the picture
    channels: str = "stereo"  # stereo, mono, dead, inverted
    hum: float = 0.0  # level of the mains, 0 to 1
    noise: float = 0.0
    no_sound: bool = False
    note: dict[str, Any] = field(default_factory=dict, compare=False, hash=False)
