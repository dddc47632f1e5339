"""What is measured in a whole film: plain values, taken in the sandbox, judged by the checks.

Times are seconds from the film's first picture. Levels are dB relative to full scale.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Look:
    """One glance at the picture, about every quarter of a second.

    `luma`: mean brightness, 0 to 255, and `bright`: what the brightest 2 % reach. `black`: share
    of the picture at video black, where subtitles usually stand left out. `change`: how much the
    part that changed most since the last look did, in grey levels. `detail`: how strong the finest
    edges are against the coarser ones, 0 to 1. `bars`: share of the picture that is black border:
    above, below, left, right.
    """

    at: float
    luma: float
    bright: float
    black: float
    change: float
    detail: float
    bars: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Timing:
    """When pictures are shown, from the packets: `frames`, the usual `step` in seconds, how large a
    share of the steps is another (`odd`), and the share of pictures stored as two fields."""

    frames: int = 0
    step: float = 0.0
    odd: float = 0.0
    interlaced: float = 0.0
    picture_end: float = 0.0
    sound_end: float = 0.0


@dataclass(frozen=True)
class Motion:
    """How far the picture as a whole jumped away from its own smooth path: `jolt`, in thousandths
    of the picture's width. `cut`: the pictures before and after have nothing in common."""

    at: float
    jolt: float
    cut: bool = False


@dataclass(frozen=True)
class Flash:
    """The brightness turned: at least a quarter of the picture became lighter or darker by a tenth
    of the whole range."""

    at: float
    area: float


@dataclass(frozen=True)
class Level:
    """The sound of one tenth of a second: `left` and `right` (equal in mono), and their sum."""

    at: float
    left: float
    right: float


@dataclass(frozen=True)
class Sound:
    """The sound of a film. `loudness` in LUFS, `peak` in dBTP, `clipped`: share of samples cut off.
    `likeness`: correlation of left and right, -1 to 1. `hum`: how far the mains and its multiples
    stand out, in dB, and at which frequency."""

    channels: int
    levels: tuple[Level, ...]
    loudness: float
    peak: float
    peak_at: float
    clipped: float
    clips: tuple[float, ...]
    likeness: float
    hum: float
    hum_level: float
    hum_at: int


@dataclass(frozen=True)
class Stretch:
    """From one second to another."""

    start: float
    end: float


@dataclass(frozen=True)
class Line:
    """Words that stood in the picture: from when to when, how sure the reader is (0 to 1), and
    where: the centre and the height of the line as shares of the picture."""

    start: float
    end: float
    text: str
    sure: float
    x: float = 0.5
    y: float = 0.5
    height: float = 0.0


@dataclass(frozen=True)
class Words:
    """What was read: in the opening, as subtitles, and words that stand in a corner throughout."""

    opening: tuple[Line, ...] = ()
    subtitles: tuple[Line, ...] = ()
    standing: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Declared:
    """What the form says about the film: its title, its authors, their unit. Empty: not yet."""

    title: str = ""
    authors: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class Resembling:
    """What another film has of this one: the `stretches` of this film that both show, or play
    (`kind` "sound"), and the `share` of it that they are, 0 to 1. `matching`: the share of the
    pictures in them that match. `judged`: a person let both stay."""

    kind: str
    stretches: tuple[Stretch, ...]
    share: float
    matching: float
    judged: bool = False

    @property
    def seconds(self) -> float:
        return sum(one.end - one.start for one in self.stretches)


@dataclass(frozen=True)
class Measured:
    """Everything about one film. `skipped`: where nobody looked, because the sizes of the packets
    say that the picture is neither black nor still. `speech` is None where nobody listened,
    `resembling` where the film was not compared with others."""

    seconds: float
    timing: Timing = Timing()
    looks: tuple[Look, ...] = ()
    skipped: tuple[Stretch, ...] = ()
    motion: tuple[Motion, ...] = ()
    flashes: tuple[Flash, ...] = ()
    sound: Sound | None = None
    speech: tuple[Stretch, ...] | None = None
    words: Words | None = None
    declared: Declared = field(default_factory=Declared)
    resembling: tuple[Resembling, ...] | None = None
