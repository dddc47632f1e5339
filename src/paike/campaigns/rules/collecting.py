"""The part of a rulebook about how works come in: stages, bodies, themes, funnel, film."""

from typing import Annotated, Literal

from pydantic import Field

from paike.campaigns.rules.film_checks import FilmChecks
from paike.campaigns.rules.parts import (
    Code,
    Count,
    CountOrNone,
    FrameSize,
    Instant,
    Key,
    Line,
    Number,
    Part,
    Ratio,
    Size,
    Words,
    YesNo,
)

Deed = Literal["submit", "review", "recommend", "shortlist", "vote", "judge", "award", "exhibit"]
UnitLevel = Literal["body", "city", "district", "grassroots"]


class Party(Part):
    """Who runs the call."""

    name: Words


class Stage(Part):
    """A stage of the call, half-open, and what may be done in it."""

    key: Key
    name: Words
    start: Instant
    end: Instant
    deeds: tuple[Deed, ...]


class Body(Part):
    """An organisation that recommends. `code` is its code in the organisation tree."""

    code: Code
    name: Line
    short_name: Line
    name_en: Line


class Theme(Part):
    """A subject an entrant chooses."""

    key: Key
    name: Words
    hint: Words


class LevelQuota(Part):
    """How many works a unit of a level (or one unit, by its code) sends up."""

    level: UnitLevel
    unit: Code | None = None
    min: CountOrNone = 0
    max: Count


class Round(Part):
    """A round of choosing: so many works remain after it."""

    key: Key
    name: Words
    remain: Count


class Funnel(Part):
    """How works come up: the bodies' quota, the individual route, the shortlist."""

    recommend_min: CountOrNone
    recommend_max: Count
    individuals: YesNo
    shortlist: Count
    selection: Literal["organiser", "first-review-score", "all"] = "organiser"
    quotas: tuple[LevelQuota, ...] = ()
    rounds: tuple[Round, ...] = ()


class Conversion(Part):
    """Whether Paike offers to convert a film that breaks the rules only in its form, and how large
    such a film may arrive."""

    on: YesNo = True
    size_max: Size = 1024**3


class FilmRules(Part):
    """What the file must be. Sizes in bytes, durations in seconds. An empty list allows all."""

    containers: Annotated[tuple[str, ...], Field(min_length=1)]
    video_codecs: Annotated[tuple[str, ...], Field(min_length=1)]
    audio_codecs: Annotated[tuple[str, ...], Field(min_length=1)]
    frame_sizes: tuple[FrameSize, ...]  # coded, "720x576"
    pixel_aspects: tuple[Ratio, ...]  # "1:1", "16:15"
    duration_min: Number
    duration_max: Number
    size_max: Size
    short_side_min: Count | None = None  # ">= 1080p" without naming every size
    conversion: Conversion = Conversion()
    checks: FilmChecks = FilmChecks()  # of the whole film: they tell, they never refuse

    @property
    def arrival_max(self) -> int:
        """How many bytes a film may have to be taken in at all."""
        return max(self.size_max, self.conversion.size_max if self.conversion.on else 0)


class DeclarationText(Part):
    """A declaration the entrant signs; `version` changes whenever the text does."""

    key: Key
    version: Line
    title: Words
    text: Words
