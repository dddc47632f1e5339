"""The rulebook: a notice as data. TOML in, validated, one canonical JSON and one hash out.

Every key is documented in `docs/spec/rulebook.md`; a test compares the two.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from paike.campaigns.rules.choosing import (
    BallotRule,
    Blend,
    Criterion,
    Detection,
    ExpertPrize,
    JuryRule,
    OutsideFigure,
    RankPoints,
    Sanction,
    VoteEffect,
)
from paike.campaigns.rules.collecting import (
    Body,
    DeclarationText,
    Deed,
    FilmRules,
    Funnel,
    LevelQuota,
    Party,
    Round,
    Stage,
    Theme,
)
from paike.campaigns.rules.film_checks import FilmChecks
from paike.campaigns.rules.honouring import (
    Caps,
    Channel,
    Contact,
    Exhibition,
    Look,
    OfficialFilms,
    OrganisationPrizes,
    Rung,
    Screen,
    Site,
)
from paike.campaigns.rules.parts import Key, Part, Words, YesNo
from paike.kernel import canonical_json

__all__ = [
    "BallotRule",
    "Blend",
    "Body",
    "Caps",
    "Channel",
    "Contact",
    "Criterion",
    "DeclarationText",
    "Deed",
    "Detection",
    "Exhibition",
    "ExpertPrize",
    "FilmChecks",
    "FilmRules",
    "Funnel",
    "JuryRule",
    "Key",
    "LevelQuota",
    "Look",
    "OfficialFilms",
    "OrganisationPrizes",
    "OutsideFigure",
    "Part",
    "Party",
    "RankPoints",
    "Round",
    "Rulebook",
    "Rung",
    "Sanction",
    "Screen",
    "Site",
    "Stage",
    "Theme",
    "VoteEffect",
    "Words",
    "digest",
    "to_json",
]

Tie = Literal[
    "total", "jury", "jury-median", "first-criterion", "head-to-head", "votes", "committee"
]


class Rulebook(Part):
    """The whole call."""

    format: Literal["paike-rulebook-1"] = "paike-rulebook-1"
    slug: Key
    name: Words
    summary: Words
    timezone: str
    organiser: Party
    undertaker: Party
    contact: Contact | None = None
    look: Look
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    bodies: tuple[Body, ...]
    funnel: Funnel
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    film: FilmRules
    declarations: tuple[DeclarationText, ...]
    ballot: BallotRule
    jury: JuryRule
    blend: Blend
    ties: tuple[Tie, ...]
    ladder: tuple[Rung, ...]
    ladder_fills_shortlist: YesNo = True
    caps: Caps = Caps()
    organisation_prizes: OrganisationPrizes | None = None
    exhibition: Exhibition
    channels: tuple[Channel, ...] = ()
    official_films: OfficialFilms | None = None
    ours: tuple[str, ...] = Field(
        default=(), description="keys where the notice is silent and the value is our default"
    )


def to_json(rulebook: Rulebook) -> dict[str, Any]:
    """The rulebook as plain JSON values: what is stored, hashed and compared."""
    return rulebook.model_dump(mode="json")


def digest(rulebook: Rulebook) -> str:
    """SHA-256 of the rulebook's canonical JSON: 64 hexadecimal digits."""
    return canonical_json.digest(to_json(rulebook))
