"""Calls for tests: the built-in rulebook, moved so that a given moment lies where a test needs it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from paike.campaigns.actions import campaigns
from paike.campaigns.models import Campaign
from paike.campaigns.rules import reading, rulebook, shifting, stages
from paike.campaigns.rules.collecting import Deed

FOLDER = Path(__file__).parent.parent.parent / "campaigns"
NOW = datetime(2021, 4, 1, 4, 0, tzinfo=UTC)  # in the collecting stage of the built-in call


def source(slug: str = "party-stories-2021") -> str:
    """The TOML of a rulebook that ships with Paike."""
    return (FOLDER / f"{slug}.toml").read_text(encoding="utf-8")


def rules(
    *, slug: str = "party-stories-2021", now: datetime | None = None, deed: Deed = "submit"
) -> rulebook.Rulebook:
    """A shipped rulebook; with `now`, moved so that `deed` is allowed at `now`."""
    return reading.read(source_around(now, deed=deed, slug=slug) if now else source(slug))


def source_around(now: datetime, *, deed: Deed = "submit", slug: str = "party-stories-2021") -> str:
    """A shipped rulebook's TOML, moved so that `now` is the middle of the time for `deed`.
    Moments in it are whole seconds."""
    text = source(slug)
    window = stages.window(reading.read(text), deed)
    assert window is not None
    middle = window.start + (window.end - window.start) / 2
    return shifting.shift(text, timedelta(seconds=round((now - middle).total_seconds())))


def campaign(
    *,
    now: datetime = NOW,
    deed: Deed = "submit",
    slug: str = "party-stories-2021",
    opened: bool = True,
    replace: dict[str, str] | None = None,
) -> Campaign:
    """A call in whose rulebook `deed` is allowed at `now`; open unless told otherwise. `replace`
    changes pieces of the TOML text, e.g. `{"shortlist = 100": "shortlist = 4"}`."""
    text = source_around(now, deed=deed, slug=slug)
    for old, new in (replace or {}).items():
        assert old in text, old
        text = text.replace(old, new)
    made = campaigns.create(source=text, now=now)
    return campaigns.open(campaign_id=made.pk, by=None, now=now) if opened else made
