"""The part of a rulebook about honours and showing: ladder, prizes, exhibition, channels, look."""

from typing import Annotated, Literal

from pydantic import Field

from paike.campaigns.rules.parts import (
    Colour,
    Count,
    CountOrNone,
    Instant,
    Key,
    Line,
    Part,
    Share,
    Url,
    Words,
)


class Rung(Part):
    """A level of the award ladder, best first."""

    key: Key
    name: Words
    count: Count
    by: Literal["rank", "votes", "jury", "outside", "theme"] = "rank"
    source: Key | None = None  # outside: which figure; theme: which theme; jury: which prize


class Caps(Part):
    """Most prizes that one unit, author or body may get, or a share of all entries."""

    per_unit: Count | None = None
    per_author: Count | None = None
    per_body: Count | None = None
    share_of_entries: Share | None = None


class OrganisationPrizes(Part):
    """Prizes for bodies, by a published formula."""

    name: Words
    count: CountOrNone
    formula: Literal["recommended-and-awarded", "number-and-quality"]


class Site(Part):
    """A place where the exhibition is shown."""

    name: Words
    url: Url


class Exhibition(Part):
    """Where the works are shown and under which licence. The term is the stage that exhibits."""

    sites: tuple[Site, ...]
    licence: Words


class Channel(Part):
    """Another platform the best works go to."""

    key: Key
    name: Words


class Screen(Part):
    """A kind of screen the official films are shown on."""

    key: Key
    name: Words


class OfficialFilms(Part):
    """Films by the organiser itself, published before and apart from entries."""

    name: Words
    count: Count
    start: Instant
    end: Instant
    screens: Annotated[tuple[Screen, ...], Field(min_length=1)]


class Look(Part):
    """Colours of the call, as #RRGGBB."""

    brand: Colour
    accent: Colour


class Contact(Part):
    """Where entrants ask: never a person, always an office."""

    name: Words
    url: Url | None = None
    phone: Line | None = None
    email: Line | None = None
