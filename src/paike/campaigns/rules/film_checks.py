"""The part of a rulebook about what is looked at in a whole film: a switch and limits per check.

None of these checks refuses a film; they tell people where to look. Each has a page in
`docs/checks`, which says where its default comes from.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from paike.campaigns.rules.parts import Count, Number, Part, Share, YesNo

Seconds = Annotated[Number, Field(gt=0)]
Decibels = Annotated[Number, Field(ge=-120, le=120)]


class Switch(Part):
    """A check without limits of its own."""

    on: YesNo = True


class Black(Switch):
    longest: Seconds = Decimal(2)


class Frozen(Switch):
    longest: Seconds = Decimal(4)


class Dark(Switch):
    share: Share = Decimal("0.3")


class Blurred(Switch):
    share: Share = Decimal("0.3")


class Letterbox(Switch):
    share: Share = Decimal("0.1")


class Shake(Switch):
    longest: Seconds = Decimal(2)


class Flash(Switch):
    a_second: Count = 3


class Loudness(Switch):
    least: Decibels = Decimal(-30)
    most: Decibels = Decimal(-10)


class Peak(Switch):
    most: Decibels = Decimal(0)


class Clipping(Switch):
    share: Share = Decimal("0.001")


class Silence(Switch):
    longest: Seconds = Decimal(3)


class Lengths(Switch):
    difference: Seconds = Decimal(1)


class Noise(Switch):
    least: Decibels = Decimal(10)


class Titles(Switch):
    within: Seconds = Decimal(12)


class Subtitles(Switch):
    share: Share = Decimal("0.8")


class FilmChecks(Part):
    """Every check of the full inspection, in the order in which people read them."""

    rate: Switch = Switch()
    interlace: Switch = Switch()
    black: Black = Black()
    frozen: Frozen = Frozen()
    dark: Dark = Dark()
    blurred: Blurred = Blurred()
    letterbox: Letterbox = Letterbox()
    shake: Shake = Shake()
    flash: Flash = Flash()
    watermark: Switch = Switch()
    lengths: Lengths = Lengths()
    loudness: Loudness = Loudness()
    peak: Peak = Peak()
    clipping: Clipping = Clipping()
    silence: Silence = Silence()
    channels: Switch = Switch()
    hum: Switch = Switch()
    noise: Noise = Noise()
    titles: Titles = Titles()
    subtitles: Subtitles = Subtitles()
    likeness: Switch = Switch()
