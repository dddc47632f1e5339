"""The rulebook: a notice as data. TOML in, validated, one canonical JSON and one hash out.

Every key is documented in `docs/spec/rulebook.md`; a test compares the two.
"""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


class Part(BaseModel):
    """Base of all parts: frozen, and a key it does not know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Part):
    """A text in Chinese and English."""

    zh: str
    en: str


class Party(Part):
    """Who runs the call."""

    name: Words


class Stage(Part):
    """A stage of the call, half-open, and what may be done in it."""

    key: Key
    name: Words
    start: datetime
    end: datetime
    deeds: tuple[Literal["submit", "review", "recommend", "shortlist", "vote", "judge", "award", "exhibit"], ...]


class Body(Part):
    """An organisation that recommends. `code` is its code in the organisation tree."""

    code: str
    name: str
    short_name: str
    name_en: str


class Theme(Part):
    key: Key
    name: Words
    hint: Words


class Funnel(Part):
    """How works come up: the bodies' quota, the individual route, the shortlist."""

    recommend_min: int
    recommend_max: int
    individuals: bool
    shortlist: int


class FilmRules(Part):
    """What the file must be. Sizes in bytes, durations in seconds."""

    containers: tuple[str, ...]
    video_codecs: tuple[str, ...]
    audio_codecs: tuple[str, ...]
    frame_sizes: tuple[str, ...]  # coded, "720x576"
    pixel_aspects: tuple[str, ...]  # "1:1", "16:15"
    duration_min: Decimal
    duration_max: Decimal
    size_max: int


class DeclarationText(Part):
    """A declaration the entrant signs; `version` changes whenever the text does."""

    key: Key
    version: str
    title: Words
    text: Words


class BallotRule(Part):
    """Who may vote for how many works, how often, and what is shown meanwhile."""

    identity: Literal["account", "phone", "wechat", "ip", "device"]
    period: Literal["once", "day", "minutes"]
    period_minutes: int | None = None
    ballots_per_period: int = 1
    works_min: int
    works_max: int
    per_work_max: int = 1
    opens: datetime
    closes: datetime
    counts: Literal["live", "every-10-minutes", "frozen-last-day", "hidden", "never"]


class Criterion(Part):
    """A line of the score sheet; `points` is its highest mark."""

    key: Key
    name: Words
    hint: Words
    points: int


class JuryRule(Part):
    criteria: tuple[Criterion, ...]
    step: Decimal
    total: Literal["mean", "trimmed-mean", "rank-points"]
    trim: tuple[tuple[int, int], ...]  # (from this many sheets on, drop this many at each end)
    quorum: int  # sheets a work needs


class Blend(Part):
    formula: Literal["percentile-rank", "share-of-maximum", "votes-only", "jury-only"]
    votes: Decimal
    jury: Decimal


class Rung(Part):
    """A level of the award ladder, best first."""

    key: Key
    name: Words
    count: int


class OrganisationPrizes(Part):
    name: Words
    count: int
    formula: Literal["recommended-and-awarded"]


class Site(Part):
    name: Words
    url: str


class Exhibition(Part):
    sites: tuple[Site, ...]
    licence: Words


class Channel(Part):
    """Another platform the best works go to."""

    key: Key
    name: Words


class Look(Part):
    """Colours of the call, as #RRGGBB."""

    brand: str
    accent: str


class Rulebook(Part):
    """The whole call."""

    slug: Key
    name: Words
    summary: Words
    timezone: str
    organiser: Party
    undertaker: Party
    look: Look
    stages: tuple[Stage, ...]
    bodies: tuple[Body, ...]
    funnel: Funnel
    themes: tuple[Theme, ...]
    film: FilmRules
    declarations: tuple[DeclarationText, ...]
    ballot: BallotRule
    jury: JuryRule
    blend: Blend
    ties: tuple[Literal["total", "jury", "jury-median", "first-criterion", "head-to-head", "votes", "committee"], ...]
    ladder: tuple[Rung, ...]
    organisation_prizes: OrganisationPrizes | None = None
    exhibition: Exhibition
    channels: tuple[Channel, ...] = ()
    ours: tuple[str, ...] = Field(default=(), description="keys where the notice is silent and the value is our default")
