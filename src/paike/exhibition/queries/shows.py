"""The exhibition of a call as it stands now: what is published, in the order of the result."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import UUID
from zoneinfo import ZoneInfo

from paike.awards.queries import results
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.campaigns.rules.parts import Words
from paike.campaigns.rules.rulebook import Rulebook
from paike.exhibition.queries import publications
from paike.exhibition.queries.publications import Shown
from paike.exhibition.rules.look import Look
from paike.exhibition.rules.pages import Board, Film, Section, Show, Work
from paike.kernel import canonical_json
from paike.kernel.period import Period
from paike.kernel.text import Text
from paike.media.queries import storyboards
from paike.media.queries.storyboards import Storyboard

UNSORTED = Text("入围作品", "Shortlisted works")


class NoTerm(Exception):
    """The rulebook has no stage that exhibits."""

    text = Text("规则里没有展播阶段。", "The rulebook has no stage in which works are exhibited.")


def term_of(campaign: Campaign) -> Period:
    """When the works are on show. Raises NoTerm."""
    term = stages.window(campaigns.rulebook_of(campaign), "exhibit")
    if term is None:
        raise NoTerm
    return term


def fingerprint(show: Show) -> str:
    """The SHA-256 of everything a show holds: another one when anything on a page would change."""
    return canonical_json.digest(json.loads(json.dumps(asdict(show), default=str)))


def of(campaign: Campaign) -> Show:
    """The show, to be rendered. Raises NoTerm."""
    rulebook = campaigns.rulebook_of(campaign)
    term = term_of(campaign)
    zone = ZoneInfo(rulebook.timezone)
    return Show(
        slug=campaign.slug,
        name=_text(rulebook.name),
        summary=_text(rulebook.summary),
        organiser=_text(rulebook.organiser.name),
        undertaker=_text(rulebook.undertaker.name),
        licence=_text(rulebook.exhibition.licence),
        look=Look(brand=rulebook.look.brand.lower(), accent=rulebook.look.accent.lower()),
        starts=term.start.astimezone(zone),
        expires=term.end.astimezone(zone),
        sections=tuple(_sections(campaign, rulebook)),
    )


def _sections(campaign: Campaign, rulebook: Rulebook) -> Sequence[Section]:
    found = publications.shown(campaign_id=campaign.pk)
    boards = storyboards.of_films(one.film.film_id for one in found if one.film)
    shown = {one.entry_id: _work(one, boards) for one in found}
    result = results.of_campaign(campaign.pk)
    if result is None:
        works = sorted(shown.values(), key=lambda one: one.title)
        return [Section("works", UNSORTED, tuple(works))]
    by_level: dict[str, list[UUID]] = {}
    for award in results.awards(result):
        by_level.setdefault(award.level, []).append(award.entry_id)
    return [
        Section(
            key=rung.key,
            name=_text(rung.name),
            works=tuple(shown[one] for one in by_level.get(rung.key, ()) if one in shown),
        )
        for rung in rulebook.ladder
    ]


def _work(one: Shown, boards: Mapping[UUID, Storyboard]) -> Work:
    board = boards.get(one.film.film_id) if one.film else None
    films = [film for film in (one.film, one.small_film) if film is not None]
    return Work(
        id=one.publication_id.hex,
        title=one.title,
        synopsis=one.synopsis,
        credit=one.credit,
        theme=_text(one.theme) if one.theme else Text("", ""),
        films=tuple(Film(key=film.key, size=film.size, height=film.height) for film in films),
        poster_key=one.poster.key if one.poster else "",
        captions=one.captions.text if one.captions else "",
        board=_board(board) if board else None,
    )


def _board(one: Storyboard) -> Board:
    made = one.picture
    return Board(key=made.key, width=made.width, height=made.height, ms=one.ms)


def _text(words: Words) -> Text:
    return Text(zh=words.zh, en=words.en)
