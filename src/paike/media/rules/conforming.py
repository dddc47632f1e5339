"""Whether Paike can convert a film that was refused, and what it makes of it.

Only the form is mended: format, codec, size, picture, frame rate. Never the length, never what
damage has taken. What may be mended stands in `texts.json`, which the browser reads too;
`convertible` has its twin in `frontend/src/media/gate.ts`.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from paike.campaigns.rules.rulebook import FilmRules
from paike.media.rules import texts
from paike.media.rules.gate import MOST_PIXELS
from paike.media.rules.report import Outcome, Report, Verdict

MADE = ("mp4", "h264", "aac")  # container, picture, sound: what we write
# Hints that a conversion takes away; nobody is kept out for them.
MENDED = ("pixels.odd", "rotation.half", "structure.fragmented", "rate.uneven", "interlace.fields")
RATES = tuple(Fraction(one) for one in ("24000/1001", "24", "25", "30000/1001", "30"))
FASTEST = 31  # pictures a second; above it every second one is left out
SOUND_BITS = 160_000
KEPT_FREE = Fraction(97, 100)  # of the size limit: the rest is for the file's own index
BLACK = Fraction(9, 10)  # a picture that fills less of its frame is told to be letterboxed


@dataclass(frozen=True)
class Picture:
    """The picture of a film as stored: coded size, pixel aspect, rotation in degrees clockwise, and
    how many pictures a second on average."""

    width: int
    height: int
    aspect: Fraction
    rotation: int
    rate: Fraction

    @property
    def shown(self) -> tuple[Fraction, Fraction]:
        """Width and height in square pixels, upright."""
        width, height = self.width * self.aspect, Fraction(self.height)
        return (height, width) if self.rotation % 180 == 90 else (width, height)


@dataclass(frozen=True)
class Target:
    """What is made: coded size, pixel aspect and rate, and the part of it that the picture fills;
    the rest is black."""

    width: int
    height: int
    aspect: Fraction
    rate: Fraction
    inner: tuple[int, int]

    @property
    def letterboxed(self) -> bool:
        """Whether bars are seen."""
        return self.inner[0] * self.inner[1] < BLACK * self.width * self.height


def convertible(report: Report, limits: FilmRules) -> bool:
    """Whether nothing but the film's form was refused, and all of that can be mended."""
    refusals = report.of(Outcome.REFUSE)
    return bool(refusals) and _can_be_made(report, limits) and all(map(_is_form, refusals))


def mended(report: Report, limits: FilmRules) -> tuple[Verdict, ...]:
    """The verdicts that a conversion takes away: all refusals, or hints where nothing was refused.
    Empty: there is nothing to offer."""
    if convertible(report, limits):
        return report.of(Outcome.REFUSE)
    if report.outcome is Outcome.WARN and _can_be_made(report, limits):
        return tuple(one for one in report.verdicts if one.code in MENDED)
    return ()


def _can_be_made(report: Report, limits: FilmRules) -> bool:
    facts, book = report.facts, texts.book()["convertible"]
    allowed = zip(MADE, (limits.containers, limits.video_codecs, limits.audio_codecs), strict=True)
    if not limits.conversion.on or not all(made in list_ for made, list_ in allowed):
        return False
    sound = facts.get("audio_codec")
    return (
        facts.get("video_codec") in book["codec.wrong"]
        and (sound is None or sound in book["sound.wrong"])
        and facts["width"] * facts["height"] <= MOST_PIXELS
        and facts["bytes"] <= limits.conversion.size_max
    )


def _is_form(verdict: Verdict) -> bool:
    values = texts.book()["convertible"].get(verdict.code)
    return values is not None and (not values or verdict.value in values)


def target(picture: Picture, limits: FilmRules) -> Target:
    """The frame that fits best among those the call allows: the whole picture in it, nothing cut
    off. A call that allows every size keeps the film's own."""
    frames = [_frame(size, limits) for size in limits.frame_sizes] or [_own(picture)]
    fitting = [(frame, _fit(picture, frame)) for frame in frames]
    (width, height, aspect), inner = max(
        fitting, key=lambda one: (one[1][0] * one[1][1] * one[0][2], -one[0][0] * one[0][1])
    )
    return Target(width, height, aspect, steady(picture.rate), inner)


def _frame(size: str, limits: FilmRules) -> tuple[int, int, Fraction]:
    """A size of the rulebook with the pixel aspect that comes nearest to 4:3 or 16:9."""
    width, height = (int(part) for part in size.split("x"))
    aspects = [Fraction(one.replace(":", "/")) for one in limits.pixel_aspects] or [Fraction(1)]
    wanted = (Fraction(4, 3), Fraction(3, 4), Fraction(16, 9), Fraction(9, 16))

    def distance(aspect: Fraction) -> Fraction:
        return min(abs(width * aspect / height / shape - 1) for shape in wanted)

    return width, height, min(aspects, key=distance)


def _own(picture: Picture) -> tuple[int, int, Fraction]:
    width, height = picture.shown
    return even(width), even(height), Fraction(1)


def _fit(picture: Picture, frame: tuple[int, int, Fraction]) -> tuple[int, int]:
    """The size that the whole picture takes in a frame, in the frame's own pixels."""
    width, height = picture.shown
    scale = min(frame[0] * frame[2] / width, frame[1] / height)
    return (
        min(frame[0], even(width * scale / frame[2])),
        min(frame[1], even(height * scale)),
    )


def steady(rate: Fraction) -> Fraction:
    """The constant rate for a film of this average: the nearest usual one, after leaving out every
    second picture as long as there are more than 30."""
    while rate > FASTEST:
        rate /= 2
    return min(RATES, key=lambda usual: abs(usual - rate))


def bits(limits: FilmRules, seconds: float, *, sound: bool) -> int:
    """Bits a second that the picture may take so that the file keeps the size limit."""
    most = float(limits.size_max * KEPT_FREE) * 8 / max(seconds, 1.0)
    return max(100_000, int(most) - (SOUND_BITS if sound else 0))


def even(length: Fraction) -> int:
    """The nearest even whole number, at least 2."""
    return max(2, 2 * math.floor(length / 2 + Fraction(1, 2)))
