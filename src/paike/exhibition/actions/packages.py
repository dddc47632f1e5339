"""Build the static exhibition: a folder that any web server can show, under any address."""

import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.campaigns.models import Campaign
from paike.exhibition.actions import ballot_logs, rendering
from paike.exhibition.actions.folders import Folder
from paike.exhibition.actions.fonts import Serif
from paike.exhibition.models import Package
from paike.exhibition.queries import shows
from paike.exhibition.rules import pages, pictures, search_index, share_cards, terms
from paike.exhibition.rules.pages import ListPage, Section, Show, Work
from paike.kernel import canonical_json
from paike.kernel.text import Text
from paike.objects import ports

SEARCH = Text("搜索", "Search")


class NotAFolderOfOurs(Exception):
    """The target holds something that is not an exhibition; it is not overwritten."""

    def __init__(self, target: Path) -> None:
        super().__init__(str(target))
        self.text = Text(
            zh=f"{target} 里有别的文件，没有覆盖。请换一个空文件夹。",
            en=f"{target} holds other files and was left alone. Choose an empty folder.",
        )


@dataclass(frozen=True)
class Card:
    """A work on a list page."""

    work: Work
    path: str
    thumbnail: str


@dataclass(frozen=True)
class _Pictures:
    """The poster of a work as it was made, and as it is shown."""

    original: bytes
    poster: bytes
    thumbnail: bytes


@dataclass
class _Build:
    """One build under way."""

    show: Show
    folder: Folder
    serif: Serif
    tell: Callable[[int], None]
    address: str = ""
    known: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Content:
    """A package that is written and not yet in place."""

    folder: Folder
    show: Show
    sums_sha256: str


def build(
    *, campaign_id: UUID, target: Path, address: str = "", by: Account | None, now: datetime
) -> Package:
    """Write the exhibition of a call to `target`, replacing an earlier one there as a whole. The
    same publications, result and `address` (where it will lie, if known) give the same bytes. Raises
    NotAFolderOfOurs, shows.NoTerm or objects.ports.StoreFault."""
    campaign = Campaign.objects.get(pk=campaign_id)
    with (
        written(campaign=campaign, target=target, address=address) as content,
        transaction.atomic(),
    ):
        package = Package.objects.create(
            campaign=campaign, requested_at=now, started_at=now, built_by=by, attempts=1
        )
        return finish(package_id=package.pk, content=content, now=now)


@contextmanager
def written(
    *,
    campaign: Campaign,
    target: Path,
    address: str = "",
    tell: Callable[[int], None] = lambda _percent: None,
) -> Iterator[Content]:
    """All files of the exhibition, beside `target`; gone at the end unless `finish` put them there.
    `tell` hears the percent done. Raises NotAFolderOfOurs, shows.NoTerm, objects.ports.StoreFault."""
    if target.exists() and any(target.iterdir()) and not (target / "manifest.json").exists():
        raise NotAFolderOfOurs(target)
    show = shows.of(campaign)
    with Folder(target) as folder:
        sums = _write(_Build(show, folder, Serif(_lettered(show)), tell, address))
        yield Content(folder, show, sums)


@transaction.atomic
def finish(*, package_id: UUID, content: Content, now: datetime) -> Package:
    """The package is built: put it in place and say so, both or neither."""
    package = Package.objects.select_for_update(no_key=True).get(pk=package_id)
    folder, show = content.folder, content.show
    package.built_at, package.expires_at = now, show.expires
    package.works, package.files, package.size = len(show.works), len(folder.sums), folder.size
    package.show_sha256, package.sums_sha256 = shows.fingerprint(show), content.sums_sha256
    package.progress, package.fault = 100, ""
    package.save()
    records.write(
        now=now,
        act="package.built",
        thing="package",
        thing_id=package.pk,
        actor=package.built_by,
        role="editor" if package.built_by else "",
        campaign_id=package.campaign_id,
        details={"works": package.works, "files": package.files, "sums": package.sums_sha256},
    )
    folder.put_in_place()
    return package


def _write(it: _Build) -> str:
    """All files; the SHA-256 of checksums.txt."""
    last = terms.last_day(it.show.expires)
    it.known = {
        "last_day": last,
        "address": it.address,
        "expires_http": format_datetime(it.show.expires.astimezone(UTC), usegmt=True),
    }
    _assets(it)
    ballot_logs.add(it.folder, slug=it.show.slug)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # shrinking leaves Python's lock
        shrunk = pool.map(_pictures_of, it.show.works, [it.show] * len(it.show.works))
        for done, (work, made) in enumerate(zip(it.show.works, shrunk, strict=True)):
            it.tell(done * 95 // len(it.show.works))
            _files_of(work, made, it)
    for language in pages.LANGUAGES:
        _pages(it, language)
    it.folder.write(pages.SEARCH_INDEX, canonical_json.dumps(search_index.of(it.show.works)))
    it.folder.write("manifest.json", canonical_json.dumps(_manifest(it)))
    sums = pages.checksums(it.folder.sums).encode()
    it.folder.write("checksums.txt", sums)
    return hashlib.sha256(sums).hexdigest()


def _assets(it: _Build) -> None:
    style = rendering.plain("style.css").decode()
    it.folder.write("assets/style.css", f"{it.show.look.css}\n{style}".encode())
    for script in ("term.js", "film.js", "search.js"):
        it.folder.write(f"assets/{script}", rendering.plain(script))
    it.folder.write("assets/icon.svg", rendering.plain("icon.svg", show=it.show))
    it.folder.write(
        "cards/home.png",
        share_cards.draw(
            title=it.show.name.zh,
            kicker=it.show.organiser.zh,
            brand=it.show.look.brand,
            accent=it.show.look.accent,
        ),
    )
    term = {
        "show": it.show,
        "seconds_over": terms.seconds_from(it.show.expires),
        "stamp": f"{it.show.expires:%Y%m%d%H%M%S}",
    }
    it.folder.write("nginx.conf.example", rendering.plain("nginx.conf", **term))
    it.folder.write(".htaccess", rendering.plain("htaccess", **term))


def _files_of(work: Work, made: _Pictures, it: _Build) -> None:
    for copy in work.films:
        it.folder.copy(pages.film(work, copy), copy.key)
    if work.captions:
        it.folder.write(pages.captions(work), work.captions.encode())
    if work.board:
        it.folder.copy(pages.board(work), work.board.key)
        picture = pages.relative(pages.board(work), seen_from=pages.track(work))
        it.folder.write(pages.track(work), work.board.track(picture).encode())
    it.folder.write(pages.poster(work), made.poster)
    it.folder.write(pages.thumbnail(work), made.thumbnail)
    card = share_cards.draw(
        title=work.title,
        kicker=it.show.name.zh,
        brand=it.show.look.brand,
        accent=it.show.look.accent,
        poster=made.original if work.poster_key else b"",
    )
    it.folder.write(pages.card(work), card)


def _pictures_of(work: Work, show: Show) -> _Pictures:
    original = _picture(work, show)
    (box, weight), (small, light) = pictures.POSTER, pictures.THUMBNAIL
    return _Pictures(
        original=original,
        poster=pictures.shrink(original, box=box, weight=weight),
        thumbnail=pictures.shrink(original, box=small, weight=light),
    )


def _picture(work: Work, show: Show) -> bytes:
    """The poster, or a title card for a work whose poster could not be made."""
    if work.poster_key:
        with ports.store().open_read(work.poster_key) as poster:
            return poster.read()
    look = show.look
    return share_cards.draw(title=work.title, kicker="", brand=look.brand, accent=look.accent)


def _pages(it: _Build, language: str) -> None:
    levels = [
        {"section": section, "path": pages.listing(section, 1, language)}
        for section in it.show.sections
    ]
    ranked = [(section, work) for section in it.show.sections for work in section.works]
    best = ranked[0] if ranked else None
    _page(
        it,
        "home.html",
        pages.home(language),
        language,
        levels=levels,
        best=best and (best[0], _card(best[1], language), pages.poster(best[1])),
        others=[
            (section, _card(work, language))
            for section, work in ranked[1 : 1 + pages.BESIDE_THE_BEST]
        ],
        title=best[1].title if best else "",
    )
    _page(it, "licence.html", pages.licence(language), language)
    _page(
        it,
        "search.html",
        pages.search(language),
        language,
        title=SEARCH.in_language(language),
        levels=levels,
        works=pages.works_folder(language),
    )
    for section in it.show.sections:
        for part in pages.list_pages(section):
            _list_page(it, part, language, levels)
        _work_pages(it, section, language)


def _list_page(it: _Build, part: ListPage, language: str, levels: list[dict[str, object]]) -> None:
    def path(number: int) -> str:
        return pages.listing(part.section, number, language)

    _page(
        it,
        "list.html",
        path(part.number),
        language,
        title=part.section.name.in_language(language),
        page=part,
        levels=levels,
        cards=[_card(work, language) for work in part.works],
        before=path(part.number - 1) if part.number > 1 else "",
        after=path(part.number + 1) if part.number < part.of else "",
    )


def _work_pages(it: _Build, section: Section, language: str) -> None:
    works = list(section.works)
    for place, work in enumerate(works):
        before = works[place - 1] if place else None
        after = works[place + 1] if place + 1 < len(works) else None
        _page(
            it,
            "work.html",
            pages.work(work, language),
            language,
            title=work.title,
            dark=True,
            work=work,
            section=section,
            section_path=pages.listing(section, place // pages.PER_PAGE + 1, language),
            films=[{"path": pages.film(work, copy)} for copy in work.films],
            poster=pages.poster(work),
            captions=pages.captions(work) if work.captions else "",
            track=pages.track(work) if work.board else "",
            card=pages.card(work),
            before=_card(before, language) if before else None,
            after=_card(after, language) if after else None,
        )


def _page(
    it: _Build, template: str, here: str, language: str, title: str = "", **known: object
) -> None:
    """Write a page; `title` is what stands on it in the serif face besides the call's name."""
    html = rendering.page(
        template,
        show=it.show,
        here=here,
        language=language,
        font=_font(it, f"{it.show.name.in_language(language)}{title}"),
        **it.known,
        **known,
    )
    it.folder.write(here, html)


def _font(it: _Build, text: str) -> str:
    """The path of a font with the letters of `text`; empty where none can be made."""
    letters = "".join(sorted(set(text)))
    path = f"fonts/{hashlib.sha256(letters.encode()).hexdigest()[:16]}.woff2"
    if path in it.folder.sums:
        return path
    font = it.serif.cut(letters)
    if not font:
        return ""
    it.folder.write(path, font)
    return path


def _lettered(show: Show) -> str:
    """Everything that may stand in the serif face."""
    names = [show.name, *(section.name for section in show.sections)]
    words = [text for name in names for text in (name.zh, name.en)]
    return "".join([*words, *(work.title for work in show.works)])


def _card(work: Work, language: str) -> Card:
    return Card(work, pages.work(work, language), pages.thumbnail(work))


def _manifest(it: _Build) -> dict[str, Any]:
    show = it.show
    return {
        "format": "paike-exhibition-1",
        "campaign": show.slug,
        "name": {"zh": show.name.zh, "en": show.name.en},
        "starts": show.starts.isoformat(),
        "expires": show.expires.isoformat(),
        "licence": {"zh": show.licence.zh, "en": show.licence.en},
        "sections": [
            {
                "key": section.key,
                "name": {"zh": section.name.zh, "en": section.name.en},
                "works": [_described(work) for work in section.works],
            }
            for section in show.sections
        ],
        # Every file but this one and the checksums. SHA-256 stands there; a ZIP wants CRC-32.
        "files": it.folder.files,
    }


def _described(work: Work) -> dict[str, Any]:
    return {
        "id": work.id,
        "title": work.title,
        "credit": work.credit,
        "page": pages.work(work, "zh-hans"),
        "poster": pages.poster(work),
        "captions": pages.captions(work) if work.captions else "",
        "films": [{"path": pages.film(work, copy), "size": copy.size} for copy in work.films],
    }
